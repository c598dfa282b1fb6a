/** The two clients that witness a fault. */

import type { Release } from '../../e2e/support/release.ts';
import { Writer } from '../../e2e/support/writer.ts';
import { Reader } from './reader.ts';

/** One that writes and one that reads. */
export interface Clients {
  readonly writer: Writer;
  readonly reader: Reader;
}

/** Starts both; they have reached the release. */
export async function startClients(release: Release): Promise<Clients> {
  const writer = await Writer.start(release);
  try {
    return { writer, reader: await Reader.start(release) };
  } catch (error) {
    await stopClients({ writer });
    throw error;
  }
}

/** Ends what has been started, whatever it has to tell. */
export async function stopClients({ writer, reader }: Partial<Clients>): Promise<void> {
  await Promise.allSettled([writer?.stop(), reader?.stop()]);
}
