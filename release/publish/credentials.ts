import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isObject } from '../../generator/model/json-schema.ts';
import { run } from './run.ts';

/**
 * Calls a function with the variables by which helm, oras and cosign find the credentials: REGISTRY_USER and REGISTRY_PASSWORD, or
 * what `helm registry login` left, or else `docker login`. A password as an argument would be seen by everybody on the machine, so
 * they become a file that only this user reads and that goes again.
 */
export async function withCredentials<T>(registry: string, work: (env: NodeJS.ProcessEnv) => Promise<T>): Promise<T> {
  const [host = ''] = registry.split('/');
  const { REGISTRY_USER: user, REGISTRY_PASSWORD: password } = process.env;
  if (user === undefined || password === undefined) return withHelmLogin(host, work);
  return withFolder((folder) => {
    const auths = { [host]: { auth: Buffer.from(`${user}:${password}`).toString('base64') } };
    const file = join(folder, 'config.json');
    writeFileSync(file, JSON.stringify({ auths }), { mode: 0o600 });
    return work({ DOCKER_CONFIG: folder, HELM_REGISTRY_CONFIG: file, REGISTRY_PASSWORD: undefined });
  });
}

/** Helm prefers its own login to Docker's; oras and cosign know Docker's alone. All of them must ask as the same account. */
async function withHelmLogin<T>(host: string, work: (env: NodeJS.ProcessEnv) => Promise<T>): Promise<T> {
  const login = (await run('helm', ['env', 'HELM_REGISTRY_CONFIG'], { env: {} })).trim();
  if (!knows(login, host)) return work({});
  return withFolder((folder) => {
    copyFileSync(login, join(folder, 'config.json'));
    return work({ DOCKER_CONFIG: folder });
  });
}

/** Whether a file of logins has one for the host, or names a store of passwords that may. */
function knows(file: string, host: string): boolean {
  if (!existsSync(file)) return false;
  const logins: unknown = JSON.parse(readFileSync(file, 'utf8'));
  return isObject(logins) && ('credsStore' in logins || (isObject(logins['auths']) && host in logins['auths']));
}

async function withFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'mysql-sts-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
