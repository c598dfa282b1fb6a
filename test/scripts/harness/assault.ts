/**
 * Run on the island: connects to a clone port as strangers may, in an order that a seed decides, bounded in count and time.
 * Prints a line when the first are connected, and at the end what came of each kind, as JSON.
 *
 *     node --import tsx assault.ts ADDRESS PORT SEED CONNECTIONS SECONDS FOREIGN_CERTIFICATE_FOLDER
 */

import { connect } from 'node:net';
import { KINDS } from './assault-kinds.ts';
import type { Assaulted } from './assaulted.ts';
import { Numbers } from './numbers.ts';

/** So many connections at a time: more than the port lets in. */
const WORKERS = 48;
/** So many connections at once, when half of the others are over. */
const FLOOD = 300;

const [host = '', port = '', seed = '', connections = '', seconds = '', foreign = ''] = process.argv.slice(2);
const random = new Numbers(Number(seed));
/** Then no more connections are made, and the last ones are awaited for half a minute. */
const enough = Date.now() + Number(seconds) * 1000;
const end = enough + 30_000;
const counts: Record<string, Assaulted> = {};

async function talk(kind: string): Promise<void> {
  const speak = KINDS[kind];
  if (speak === undefined) throw new Error(`There is no kind ${kind}.`);
  const own = (counts[kind] ??= { connections: 0, closed: 0, mostBytes: 0, content: 0 });
  const socket = connect({ host, port: Number(port) });
  // An error, too, is followed by the end.
  socket.on('error', () => undefined);
  const closed = new Promise<void>((resolve) =>
    socket.once('close', () => {
      resolve();
    }),
  );
  const late = setTimeout(() => socket.destroy(), Math.max(1, end - Date.now()));
  await Promise.race([new Promise((resolve) => socket.once('connect', resolve)), closed]);
  own.connections += 1;
  await speak({ socket, random, foreign, content: (length) => (own.content += length) });
  // Whatever is said is taken, so that the end is heard.
  socket.resume();
  await closed;
  clearTimeout(late);
  if (Date.now() < end) own.closed += 1;
  own.mostBytes = Math.max(own.mostBytes, socket.bytesRead);
}

async function work(plan: string[]): Promise<void> {
  for (let kind = plan.shift(); kind !== undefined && Date.now() < enough; kind = plan.shift()) {
    if (plan.length === Math.floor(Number(connections) / 2)) await Promise.all(Array.from({ length: FLOOD }, () => talk('a reset')));
    await talk(kind);
  }
}

const [first = '', ...others] = Object.keys(KINDS);
const plan = Array.from({ length: Number(connections) }, () => random.pick([first, ...others]));
const working = Array.from({ length: WORKERS }, () => work(plan));
process.stdout.write('begun\n');
await Promise.all(working);
process.stdout.write(`${JSON.stringify(counts)}\n`);
