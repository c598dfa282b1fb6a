/** A client that reads from the read service and remembers what it should not have seen. */

import { setTimeout as delay } from 'node:timers/promises';
import { stopwatch } from '../../e2e/support/progress.ts';
import type { Release } from '../../e2e/support/release.ts';
import { AppClient, type AppConnection } from '../../e2e/support/sql.ts';
import { WRITER_TABLE } from '../../e2e/support/writer.ts';

const PAUSE_MS = 100;
const ANSWER_MS = 5000;
/** A connection stays with the pod that it reached, so it is made anew after so many reads. */
const READS_A_CONNECTION = 5;

const READ = `SELECT @@hostname AS pod, COALESCE(MAX(id), 0) AS newest, COUNT(*) AS number FROM ${WRITER_TABLE}`;

/** What a reader saw. */
export interface ReaderReport {
  readonly reads: number;
  readonly failures: number;
  /** Sentences about rows that were missing between others. */
  readonly wrong: readonly string[];
  /** By how many seconds the oldest answer was behind what had been acknowledged. */
  readonly oldest: number;
}

/** Reads until it is stopped. */
export class Reader {
  readonly #release: Release;
  readonly #client: AppClient;
  readonly #work: Promise<void>;
  readonly #seconds = stopwatch();
  /** When the newest acknowledged row was seen to be which. */
  readonly #newest: { readonly id: number; readonly at: number }[] = [];
  readonly #wrong: string[] = [];
  #reads = 0;
  #failures = 0;
  #oldest = 0;
  #stopped = false;

  private constructor(release: Release, client: AppClient, link: AppConnection) {
    this.#release = release;
    this.#client = client;
    this.#work = this.#readOn(link);
  }

  /** Starts one that has reached the read service, so that it cannot sleep through what it is to witness. */
  static async start(release: Release): Promise<Reader> {
    const client = new AppClient(release, release.access.read);
    return new Reader(release, client, await client.connectSoon());
  }

  /** Ends it and tells what it saw. */
  async stop(): Promise<ReaderReport> {
    this.#stopped = true;
    await this.#work;
    return { reads: this.#reads, failures: this.#failures, wrong: this.#wrong, oldest: this.#oldest };
  }

  /** Seconds between the acknowledgements of two rows, to a tenth. */
  secondsBetween(first: number, last: number): number {
    const at = (row: number): number => this.#newest.find(({ id }) => id >= row)?.at ?? this.#seconds();
    return at(last) - at(first);
  }

  async #readOn(first: AppConnection): Promise<void> {
    let link: AppConnection | undefined = first;
    let used = 0;
    while (!this.#stopped) {
      this.#noteNewest();
      try {
        link ??= await this.#client.connect();
        await this.#read(link);
        used += 1;
      } catch {
        this.#failures += 1;
        used = READS_A_CONNECTION;
      }
      if (used >= READS_A_CONNECTION) {
        link?.close();
        [link, used] = [undefined, 0];
      }
      await delay(PAUSE_MS);
    }
    link?.close();
  }

  #noteNewest(): void {
    const id = Math.max(0, ...this.#release.ledger);
    if (id !== this.#newest.at(-1)?.id) this.#newest.push({ id, at: this.#seconds() });
  }

  async #read({ connection }: AppConnection): Promise<void> {
    const asked = this.#seconds();
    const [rows] = await connection.query({ sql: READ, timeout: ANSWER_MS });
    const { pod, newest, number } = answerOf(rows);
    this.#reads += 1;
    const expected = [...this.#release.ledger].filter((id) => id <= newest).length;
    if (number < expected) this.#wrong.push(`${pod} showed row ${newest} and lacked ${expected - number} acknowledged ones before it`);
    const missed = this.#newest.find(({ id, at }) => id > newest && at <= asked);
    if (missed !== undefined) this.#oldest = Math.max(this.#oldest, asked - missed.at);
  }
}

interface Answer {
  readonly pod: string;
  readonly newest: number;
  readonly number: number;
}

function answerOf(rows: unknown): Answer {
  const row: unknown = Array.isArray(rows) ? rows[0] : undefined;
  if (typeof row !== 'object' || row === null || !('pod' in row) || !('newest' in row) || !('number' in row)) {
    throw new Error(`The read service answered ${JSON.stringify(rows)}.`);
  }
  return { pod: String(row.pod), newest: Number(row.newest), number: Number(row.number) };
}
