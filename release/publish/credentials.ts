import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Calls a function with the variables by which helm, oras and cosign find the credentials. REGISTRY_USER and
 * REGISTRY_PASSWORD become a file that only this user reads and that goes again; a password as an argument would be seen
 * by everybody on the machine. Without them, what `helm registry login` or `docker login` left is used.
 */
export async function withCredentials<T>(registry: string, work: (env: NodeJS.ProcessEnv) => Promise<T>): Promise<T> {
  const { REGISTRY_USER: user, REGISTRY_PASSWORD: password } = process.env;
  if (user === undefined || password === undefined) return work({});
  const folder = mkdtempSync(join(tmpdir(), 'mysql-sts-'));
  try {
    const [host = ''] = registry.split('/');
    const auths = { [host]: { auth: Buffer.from(`${user}:${password}`).toString('base64') } };
    const file = join(folder, 'config.json');
    writeFileSync(file, JSON.stringify({ auths }), { mode: 0o600 });
    return await work({ DOCKER_CONFIG: folder, HELM_REGISTRY_CONFIG: file, REGISTRY_PASSWORD: undefined });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
