/** What strangers may say to a port that speaks TLS and asks for a certificate. */

import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { connect as connectTls, type ConnectionOptions } from 'node:tls';
import type { Numbers } from './numbers.ts';

/** A connection, and what one may see of it. */
export interface Call {
  readonly socket: Socket;
  readonly random: Numbers;
  /** Says that content came through the encryption. There must be none. */
  readonly content: (bytes: number) => void;
  /** A folder with a certificate of another authority. */
  readonly foreign: string;
}

/** Says something. The caller waits until the port closes, and counts. */
export type Kind = (call: Call) => void | Promise<void>;

const MEBIBYTE = 1024 * 1024;

export const KINDS: Readonly<Record<string, Kind>> = {
  noise: ({ socket, random }) => void socket.end(random.bytes(1 + random.below(4096))),
  'another protocol': ({ socket, random }) =>
    void socket.end(
      random.pick([
        'GET / HTTP/1.1\r\nHost: db\r\n\r\n',
        'SSH-2.0-x\r\n',
        '\x4a\0\0\x01\x85\xa6\x0f\0\0\0\0\x01!root\0',
        'EHLO db\r\n',
        '$(id)\n`id`\n;id\n',
        '\0',
      ]),
    ),
  'too much': ({ socket }) => flood(socket, Buffer.alloc(MEBIBYTE), 16),
  'a record that is too long': async ({ socket, random }) => {
    socket.write(Buffer.from([0x16, 3, 1, 0xff, 0xff]));
    await flood(socket, random.bytes(MEBIBYTE), 2);
  },
  'a damaged greeting': async ({ socket, random }) => {
    const greeting = Buffer.from(await clientHello());
    for (let times = 1 + random.below(8); times > 0; times -= 1) greeting[random.below(greeting.length)] = random.below(256);
    socket.write(greeting);
  },
  'half a greeting': async ({ socket, random }) => {
    const greeting = await clientHello();
    socket.write(greeting.subarray(0, 1 + random.below(greeting.length - 1)));
  },
  'a greeting, then nothing': async ({ socket }) => void socket.write(await clientHello()),
  'a byte at a time': async ({ socket }) => {
    for (const byte of await clientHello()) {
      if (socket.destroyed) return;
      socket.write(Buffer.from([byte]));
      await pause(250);
    }
  },
  silence: () => undefined,
  'a reset': ({ socket }) => void socket.resetAndDestroy(),
  'TLS without a certificate': encrypted('none'),
  'TLS with a certificate of another authority': encrypted('foreign'),
  'TLS with nothing but its old versions': encrypted('foreign', { minVersion: 'TLSv1', maxVersion: 'TLSv1.1' }),
};

async function flood(socket: Socket, chunk: Buffer, times: number): Promise<void> {
  for (let left = times; left > 0 && !socket.destroyed; left -= 1) {
    await new Promise<void>((resolve) =>
      socket.write(chunk, () => {
        resolve();
      }),
    );
  }
}

function certificateOf(folder: string): ConnectionOptions {
  return { cert: readFileSync(join(folder, 'tls.crt')), key: readFileSync(join(folder, 'tls.key')) };
}

/** A client that takes any server, so that it is the port that refuses. */
function encrypted(certificate: 'none' | 'foreign', versions: ConnectionOptions = {}): Kind {
  return ({ socket, content, foreign }) => {
    const own = certificate === 'foreign' ? certificateOf(foreign) : {};
    const tls = connectTls({ ...own, ...versions, socket, rejectUnauthorized: false });
    tls.on('error', () => undefined);
    tls.on('data', (data: Buffer) => {
      content(data.length);
    });
    tls.write('give me everything\n');
  };
}

let greeting: Promise<Buffer> | undefined;

/** The first message of a real handshake. */
function clientHello(): Promise<Buffer> {
  greeting ??= new Promise((resolve) => {
    const wire = new Duplex({
      read: () => undefined,
      write: (data: Buffer, _encoding, done) => {
        resolve(data);
        done();
      },
    });
    connectTls({ socket: wire }).on('error', () => undefined);
  });
  return greeting;
}
