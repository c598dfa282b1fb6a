/**
 * Run on the island: hands connections to its address on to the stand-in for the API server, which listens on a socket file.
 *
 *     node --import tsx relay.ts ADDRESS PORT SOCKET_FILE
 */

import { connect, createServer } from 'node:net';
import { pipeline } from 'node:stream/promises';

const [address = '', port = '', file = ''] = process.argv.slice(2);

createServer({ allowHalfOpen: true }, (client) => {
  const server = connect({ path: file, allowHalfOpen: true });
  // A connection that breaks on one side is broken on the other, and that is all there is to say about it.
  void Promise.allSettled([pipeline(client, server), pipeline(server, client)]);
}).listen(Number(port), address, () => {
  process.stdout.write('ready\n');
});
