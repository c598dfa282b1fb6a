/** What a donor's clients lose while it serves a clone. */

import { setTimeout as delay } from 'node:timers/promises';
import { connectToPrimary, type AppConnection } from '../../e2e/support/sql.ts';
import type { Course } from '../../faults/support/course.ts';
import type { Contender, Ledger } from '../support.ts';
import { watchClone } from './life.ts';

export const WRITES_ALONE = 'rows that two clients write without a pause, nobody clones';
export const WRITES_SERVING = 'the same while the primary serves a clone';
export const WRITES_KEPT = 'share of those writes that go on while the primary serves a clone';

const CLIENTS = 2;
const ALONE_MS = 10_000;

/** Clients that write as fast as they get answers. */
class Load {
  readonly #links: readonly AppConnection[];
  readonly #work: Promise<unknown>;
  /** When rows were acknowledged, on the clock of `performance.now()`. */
  readonly #acknowledged: number[] = [];
  #stopped = false;

  private constructor(links: readonly AppConnection[]) {
    this.#links = links;
    this.#work = Promise.all(links.map((link) => this.#writeOn(link)));
  }

  static async start(course: Course): Promise<Load> {
    const links = await Promise.all(Array.from({ length: CLIENTS }, () => connectToPrimary(course.release)));
    await links[0]?.connection.query(
      'CREATE TABLE IF NOT EXISTS app.load_rows (id BIGINT AUTO_INCREMENT PRIMARY KEY, content CHAR(100) NOT NULL)',
    );
    return new Load(links);
  }

  rateBetween(from: number, to: number): number {
    return this.#acknowledged.filter((at) => at >= from && at <= to).length / ((to - from) / 1000);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#work;
    for (const link of this.#links) link.close();
  }

  async #writeOn({ connection }: AppConnection): Promise<void> {
    while (!this.#stopped) {
      await connection.query("INSERT INTO app.load_rows (content) VALUES (REPEAT('x', 100))");
      this.#acknowledged.push(performance.now());
    }
  }
}

/** Rows a second with and without a clone, which pod 1 takes from the primary. */
export async function measureServing(course: Course, { title }: Contender, ledger: Ledger): Promise<void> {
  const load = await Load.start(course);
  try {
    const start = performance.now();
    await delay(ALONE_MS);
    const alone = load.rateBetween(start, performance.now());
    const clone = await watchClone(course, 1);
    const serving = load.rateBetween(clone.at('first byte'), clone.at('last byte'));
    ledger.enter({ what: WRITES_ALONE, contender: title, value: alone, unit: 'rows/s' });
    ledger.enter({ what: WRITES_SERVING, contender: title, value: serving, unit: 'rows/s' });
    ledger.enter({ what: WRITES_KEPT, contender: title, value: (100 * serving) / alone, unit: '%' });
  } finally {
    await load.stop();
  }
}
