import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../../support/tools.ts';
import { PASSWORD, USER } from './registry.ts';

export interface Answer {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const KEY_PASSWORD = 'of the key';

/** What a publication may differ in. */
export interface Publication {
  /** Host and port: the registry, or a line to it. */
  readonly address: string;
  readonly archive: string;
  readonly key?: string;
  readonly password?: string;
  readonly keyPassword?: string;
  /** How the person has logged in; REGISTRY_USER and REGISTRY_PASSWORD unless it is said otherwise. */
  readonly login?: 'variables' | 'helm' | 'none';
  readonly more?: readonly string[];
}

/** Runs a program without waiting for it in this process, which may have to serve it. */
export function start(program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: ROOT, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    const said = { stdout: '', stderr: '' };
    child.stdout.on('data', (chunk: Buffer) => (said.stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (said.stderr += chunk.toString()));
    child.once('error', reject);
    child.once('close', (status) => {
      resolve({ status, ...said });
    });
  });
}

/** A folder with what a person who publishes has: keys, an empty home. */
export class Desk {
  readonly folder = mkdtempSync(join(tmpdir(), 'mysql-sts-'));
  readonly key = join(this.folder, 'cosign.key');
  readonly publicKey = join(this.folder, 'cosign.pub');
  readonly #home = join(this.folder, 'home');

  constructor() {
    mkdirSync(this.#home);
  }

  async makeKey(): Promise<void> {
    const { status, stderr } = await start('cosign', ['generate-key-pair', '--output-key-prefix', join(this.folder, 'cosign')], this.env());
    if (status !== 0) throw new Error(stderr);
  }

  /** Nothing of the person who runs the tests: neither logins nor keys nor a cache. */
  env(): NodeJS.ProcessEnv {
    return { HOME: this.#home, DOCKER_CONFIG: this.#home, COSIGN_PASSWORD: KEY_PASSWORD, NO_COLOR: '1' };
  }

  /** The login of a person who installs. */
  login(address: string): NodeJS.ProcessEnv {
    return { ...this.env(), HELM_REGISTRY_CONFIG: this.#loginFile(address) };
  }

  #loginFile(address: string): string {
    const file = join(this.#home, 'config.json');
    const auth = Buffer.from(`${USER}:${PASSWORD}`).toString('base64');
    writeFileSync(file, JSON.stringify({ auths: { [address]: { auth } } }));
    return file;
  }

  publish({
    address,
    archive,
    key = this.key,
    password = PASSWORD,
    keyPassword = KEY_PASSWORD,
    login = 'variables',
    more = [],
  }: Publication): Promise<Answer> {
    const args = ['--registry', `${address}/charts`, '--archive', archive, '--key', key, ...more];
    const env = { ...this.env(), ...this.#logins(address, password)[login], COSIGN_PASSWORD: keyPassword };
    return start(process.execPath, ['--import', 'tsx', 'release/publish.ts', ...args], env);
  }

  /** The variables of each kind of login. A file of Helm's that nobody has written is that of somebody who never logged in. */
  #logins(address: string, password: string): Readonly<Record<'variables' | 'helm' | 'none', NodeJS.ProcessEnv>> {
    const none = { DOCKER_CONFIG: join(this.folder, 'no-docker-login'), HELM_REGISTRY_CONFIG: join(this.folder, 'no-helm-login.json') };
    return {
      variables: { REGISTRY_USER: USER, REGISTRY_PASSWORD: password },
      helm: { ...none, HELM_REGISTRY_CONFIG: this.#loginFile(address) },
      none,
    };
  }

  clear(): void {
    rmSync(this.folder, { recursive: true });
  }
}
