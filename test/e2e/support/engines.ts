/** The engine table, as the tests read it. */

import { ENGINES, type ListedEngine } from '../../../schema/engines.ts';

/** The row of an engine. */
export function engineNamed(name: string): ListedEngine {
  const engine = ENGINES.find((row) => row.name === name);
  if (engine === undefined) throw new Error(`There is no engine ${name}. There are ${ENGINES.map((row) => row.name).join(', ')}.`);
  return engine;
}

/** The server 5.7.22, the only one of its series that can be had, offers TLS 1.1, which no current client takes. */
export function speaksCurrentTls({ name }: ListedEngine): boolean {
  return name !== 'mysql-5.7';
}
