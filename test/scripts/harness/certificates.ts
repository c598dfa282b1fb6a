/** Certificate authorities for tests, made by openssl as a user would make them. */

import { execFile } from 'node:child_process';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What a Secret of type kubernetes.io/tls holds. */
export interface Certificate {
  readonly 'ca.crt': string;
  readonly 'tls.crt': string;
  readonly 'tls.key': string;
}

/**
 * Makes an authority of its own and one certificate by it for these names, the first of which is its common name, with the
 * kinds of keys that Helm makes: MySQL 5.7 reads no others. `folder` is for the files meanwhile; one that was used before may lend its
 * authority.
 */
export async function makeCertificate(folder: string, names: readonly string[], authority?: string): Promise<Certificate> {
  await mkdir(folder, { recursive: true });
  const openssl = async (...args: readonly string[]): Promise<void> => {
    await run('openssl', args, { cwd: folder });
  };
  const newKey = ['-newkey', 'rsa:2048', '-nodes'];
  if (authority === undefined)
    await openssl('req', '-x509', ...newKey, '-keyout', 'ca.key', '-out', 'ca.crt', '-days', '30', '-subj', '/CN=test authority');
  else for (const name of ['ca.key', 'ca.crt']) await copyFile(join(authority, name), join(folder, name));
  await openssl('req', ...newKey, '-keyout', 'tls.key', '-out', 'request', '-subj', `/CN=${names[0] ?? ''}`);
  await openssl('rsa', '-traditional', '-in', 'tls.key', '-out', 'tls.key');
  await writeFile(join(folder, 'names'), `subjectAltName=${names.map((name) => `DNS:${name}`).join(',')}\n`);
  const signing = ['-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '30', '-extfile', 'names'];
  await openssl('x509', '-req', '-in', 'request', ...signing, '-out', 'tls.crt');
  const read = (name: string): Promise<string> => readFile(join(folder, name), 'utf8');
  return { 'ca.crt': await read('ca.crt'), 'tls.crt': await read('tls.crt'), 'tls.key': await read('tls.key') };
}
