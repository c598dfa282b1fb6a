/** A client that reads through the read service. */

import { setTimeout as delay } from 'node:timers/promises';
import { say, stopwatch } from '../../e2e/support/progress.ts';
import type { Release } from '../../e2e/support/release.ts';
import { AppClient } from '../../e2e/support/sql.ts';
import { WRITER_TABLE } from '../../e2e/support/writer.ts';

const PAUSE_MS = 100;
/** A statement without an answer for so long counts as failed. */
const ANSWER_MS = 2000;

/** What a reader went through. */
export interface ReaderReport {
  readonly answered: number;
  readonly failed: number;
  /** The longest time between two answers, in seconds. */
  readonly longestPause: number;
}

/** Reads again and again, on a connection of its own each time, so that it meets whatever pod the service leads to. */
export class Reader {
  readonly #client: AppClient;
  readonly #work: Promise<ReaderReport>;
  #stopped = false;

  constructor(release: Release) {
    this.#client = new AppClient(release, release.access.read);
    this.#work = this.#read();
  }

  /** Ends the reader, and tells what it went through. */
  async stop(): Promise<ReaderReport> {
    this.#stopped = true;
    const report = await this.#work;
    const { answered, failed, longestPause } = report;
    say(`        the reader had ${answered} answers, ${failed} failures, at most ${longestPause.toFixed(1)} s without an answer`);
    return report;
  }

  async #read(): Promise<ReaderReport> {
    let [answered, failed, longestPause, pause] = [0, 0, 0, stopwatch()];
    while (!this.#stopped) {
      if (await this.#readOnce()) {
        answered++;
        longestPause = Math.max(longestPause, pause());
        pause = stopwatch();
      } else failed++;
      await delay(PAUSE_MS);
    }
    return { answered, failed, longestPause: Math.max(longestPause, pause()) };
  }

  async #readOnce(): Promise<boolean> {
    try {
      const { connection, close } = await this.#client.connect();
      await connection.query({ sql: `SELECT MAX(id) FROM ${WRITER_TABLE}`, timeout: ANSWER_MS }).finally(close);
      return true;
    } catch {
      return false;
    }
  }
}
