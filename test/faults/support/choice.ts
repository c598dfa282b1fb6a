/** Which faults a person asks for by name: MYSQL_STS_ROW='a clone|the donor' names words of which one must be in it. */

const WORDS = (process.env['MYSQL_STS_ROW'] ?? '').split('|').filter((word) => word !== '');

/** Whether somebody asks for some faults and not for others. */
export const IS_CHOSEN = WORDS.length > 0;

/** Whether a fault is among those that are asked for; without words, all are. */
export function isChosen({ name }: { readonly name: string }): boolean {
  return !IS_CHOSEN || WORDS.some((word) => name.includes(word));
}
