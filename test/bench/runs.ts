/** How often something is measured. */

const RUNS = 3;

/** Does something some times and gives what each time but the first found: that one fills caches. */
export async function afterTheFirst<T>(work: () => Promise<T>): Promise<readonly T[]> {
  await work();
  const results: T[] = [];
  while (results.length < RUNS) results.push(await work());
  return results;
}
