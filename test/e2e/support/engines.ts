/** The engine table, as the tests read it. */

import { ENGINES, type Engine } from '../../../schema/engines.ts';

/** The row of an engine. */
export function engineNamed(name: string): Engine {
  const engine = ENGINES.find((row) => row.name === name);
  if (engine === undefined) throw new Error(`There is no engine ${name}. There are ${ENGINES.map((row) => row.name).join(', ')}.`);
  return engine;
}
