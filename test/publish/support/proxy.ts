import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** Says whether what a client has sent so far, over all connections, is enough. */
export type Enough = (sent: { readonly bytes: number; readonly manifests: number }) => boolean;

/** A line to a registry that is cut in the middle of a request, and stays cut. */
export class CutLine {
  readonly address: string;
  readonly #server: Server;

  private constructor(server: Server, port: number) {
    this.#server = server;
    this.address = `127.0.0.1:${port}`;
  }

  static start(target: number, enough: Enough): Promise<CutLine> {
    const sent = { bytes: 0, manifests: 0 };
    const server = createServer((client) => {
      forward(client, target, (chunk) => {
        sent.bytes += chunk.byteLength;
        sent.manifests += chunk.toString('latin1').split(/^PUT \S+\/manifests\//m).length - 1;
        return enough(sent);
      });
    });
    return new Promise((resolve) => {
      server.listen(0, '127.0.0.1', () => {
        resolve(new CutLine(server, portOf(server.address())));
      });
    });
  }

  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => {
        resolve();
      });
    });
  }
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new TypeError('The proxy has no port.');
  return address.port;
}

function forward(client: Socket, target: number, isEnough: (chunk: Buffer) => boolean): void {
  const server = connect(target, '127.0.0.1');
  const cut = (): void => {
    client.destroy();
    server.destroy();
  };
  client.on('data', (chunk) => {
    if (isEnough(Buffer.from(chunk))) cut();
    else server.write(chunk);
  });
  server.pipe(client);
  for (const socket of [client, server]) socket.on('error', cut).on('close', cut);
}
