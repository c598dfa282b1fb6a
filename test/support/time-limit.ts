/** How long a run goes on with new parts. What it has begun it ends. */

const VARIABLE = 'MYSQL_STS_MINUTES';

/** Says whether the time is up that the environment allows from now on; without a word there, never. */
export function timeLimit(): () => boolean {
  const given = process.env[VARIABLE] ?? '';
  const minutes = given === '' ? Infinity : Number(given);
  if (Number.isNaN(minutes)) throw new Error(`${VARIABLE} is "${given}". Give it a number of minutes, or nothing.`);
  const start = performance.now();
  return () => performance.now() - start > minutes * 60_000;
}
