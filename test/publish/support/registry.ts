import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';

/** Who may push to the registry. The password has what shells and headers stumble over. */
export const USER = 'publisher';
export const PASSWORD = 'a wrong-looking $ecret';
const HASHED = '$2b$04$sOAEH6ZWKkQR8nlT6OrRvO8.pJrX3pst8YF/0fYCN.BouclRMic/K';

/** A real registry on the loopback address, with its data in a folder of its own. */
export class Registry {
  readonly folder: string;
  readonly port: number;
  readonly #process: ChildProcess;

  private constructor(folder: string, port: number, process: ChildProcess) {
    this.folder = folder;
    this.port = port;
    this.#process = process;
  }

  static async start(): Promise<Registry> {
    const folder = mkdtempSync(join(tmpdir(), 'mysql-sts-'));
    mkdirSync(join(folder, 'data'));
    writeFileSync(join(folder, 'users'), `${USER}:${HASHED}\n`);
    writeFileSync(join(folder, 'registry.yaml'), stringify(settings(folder)));
    const child = spawn('registry', ['serve', join(folder, 'registry.yaml')], { stdio: ['ignore', 'ignore', 'pipe'] });
    return new Registry(folder, await portOf(child), child);
  }

  get address(): string {
    return `127.0.0.1:${this.port}`;
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.#process.once('exit', resolve));
    this.#process.kill();
    await ended;
    rmSync(this.folder, { recursive: true });
  }
}

function settings(folder: string): object {
  return {
    version: 0.1,
    storage: { filesystem: { rootdirectory: join(folder, 'data') } },
    http: { addr: '127.0.0.1:0' },
    auth: { htpasswd: { realm: 'charts', path: join(folder, 'users') } },
  };
}

/** The port that the kernel gave it, which it tells when it listens. */
function portOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let log = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      log += chunk.toString();
      const [, port] = /listening on 127\.0\.0\.1:(\d+)/.exec(log) ?? [];
      if (port !== undefined) resolve(Number(port));
    });
    child.once('error', reject);
    child.once('exit', () => {
      reject(new Error(`The registry ended: ${log}`));
    });
  });
}
