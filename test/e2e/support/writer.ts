/** Clients that write to the primary service. */

import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Connection } from 'mysql2/promise';
import { condition, say, stopwatch, waitFor, type Look } from './progress.ts';
import type { Release } from './release.ts';
import { AppClient, connectToPrimary, type AppConnection } from './sql.ts';

/** Where writers write. */
export const WRITER_TABLE = 'app.writes';

const CREATE = `CREATE TABLE IF NOT EXISTS ${WRITER_TABLE} (id BIGINT PRIMARY KEY, content VARBINARY(1024) NOT NULL)`;
/** A statement without an answer for so long counts as lost. */
const ANSWER_MS = 3000;
const PAUSE_MS = 20;
/** A primary that is Ready again is written to so many seconds later. */
const RETURN_DEADLINE = 120;

/** Writes some rows at once and enters them into the ledger. */
export async function writeRows(release: Release, count: number): Promise<void> {
  const { connection, close } = await connectToPrimary(release);
  try {
    await connection.query(CREATE);
    const first = nextId(release);
    for (let id = first; id < first + count; id++) await insert(connection, release, id);
  } finally {
    close();
  }
}

/** What a writer went through. */
export interface WriterReport {
  /** Rows that were sent, whether an answer came or not. */
  readonly sent: number;
  readonly acknowledged: number;
  /** Statements and connections that failed. */
  readonly failures: number;
  /** The longest time between two acknowledged rows, in seconds. */
  readonly longestPause: number;
}

/** Writes row after row, connecting anew whenever that fails, until it is stopped. */
export class Writer {
  readonly #release: Release;
  readonly #client: AppClient;
  readonly #work: Promise<WriterReport>;
  #stopped = false;

  private constructor(release: Release, client: AppClient, link: AppConnection) {
    this.#release = release;
    this.#client = client;
    this.#work = this.#writeOn(link);
  }

  /** Starts one after the first row on its own connection has been acknowledged, so that it cannot sleep through what it is to witness. */
  static async start(release: Release): Promise<Writer> {
    const client = new AppClient(release, release.access.primary);
    const link = await client.connectSoon();
    try {
      await link.connection.query(CREATE);
      await insert(link.connection, release, nextId(release));
    } catch (error) {
      link.close();
      throw error;
    }
    return new Writer(release, client, link);
  }

  /** Waits until the writer can write again, ends it, and tells what it went through. */
  async stop(): Promise<WriterReport> {
    const { ledger } = this.#release;
    const before = ledger.size;
    const look = (): Promise<Look<undefined>> => Promise.resolve(condition(ledger.size > before, 'writes fail'));
    await waitFor({ what: 'the writer to reach the primary again', deadline: RETURN_DEADLINE, look }).finally(() => {
      this.#stopped = true;
    });
    const report = await this.#work;
    const { acknowledged, failures, longestPause } = report;
    say(
      `        the writer had ${acknowledged} rows acknowledged, ${failures} failures, at most ${longestPause.toFixed(1)} s without a row`,
    );
    return report;
  }

  async #writeOn(first: AppConnection): Promise<WriterReport> {
    const before = this.#release.ledger.size;
    const firstId = nextId(this.#release);
    let [id, failures, longestPause, pause] = [firstId, 0, 0, stopwatch()];
    let link: AppConnection | undefined = first;
    while (!this.#stopped) {
      try {
        link ??= await this.#client.connect();
        // A row that was not acknowledged may be there all the same, so its number is not used again.
        await insert(link.connection, this.#release, id++);
        longestPause = Math.max(longestPause, pause());
        pause = stopwatch();
      } catch {
        failures++;
        link?.close();
        link = undefined;
      }
      await delay(PAUSE_MS);
    }
    link?.close();
    return { sent: id - firstId, acknowledged: this.#release.ledger.size - before, failures, longestPause };
  }
}

const ROW_BYTES = 1000;
const BATCH_ROWS = 1000;

/** Fills a table with so many megabytes that no compression makes smaller. */
export async function fill(release: Release, megabytes: number): Promise<void> {
  const { connection, close } = await connectToPrimary(release);
  const seconds = stopwatch();
  try {
    await connection.query(
      'CREATE TABLE IF NOT EXISTS app.filling (id BIGINT AUTO_INCREMENT PRIMARY KEY, content VARBINARY(1024) NOT NULL)',
    );
    for (let written = 0; written < megabytes; written++) {
      const rows = Array.from({ length: BATCH_ROWS }, () => [randomBytes(ROW_BYTES)]);
      await connection.query('INSERT INTO app.filling (content) VALUES ?', [rows]);
    }
  } finally {
    close();
  }
  say(`        wrote ${megabytes} MB in ${seconds().toFixed(1)} s`);
}

async function insert(connection: Connection, release: Release, id: number): Promise<void> {
  const sql = `INSERT INTO ${WRITER_TABLE} (id, content) VALUES (?, ?)`;
  await connection.query({ sql, values: [id, randomBytes(100)], timeout: ANSWER_MS });
  release.ledger.add(id);
}

function nextId({ ledger }: Release): number {
  return Math.max(0, ...ledger) + 1;
}
