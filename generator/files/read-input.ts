import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { InputError } from '../errors/input-error.ts';

/** Kubernetes keeps a release in a Secret of at most 1 MiB, so nothing larger than this was ever installed. */
const LARGEST_TEXT = 2 * 1024 * 1024;

/** The name that stands for the standard input. */
export const STANDARD_INPUT = '-';

/** Reads a text file that a person named, or the standard input. */
export async function readText(file: string): Promise<string> {
  const bytes =
    file === STANDARD_INPUT ? await readStream('The standard input', process.stdin, LARGEST_TEXT) : await readBytes(file, LARGEST_TEXT);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new InputError('NOT_TEXT', `${file} is no text in UTF-8. Is it an archive or an image?`);
  }
}

/** Reads a file that a person named, if it is not larger than `limit`. */
export async function readBytes(file: string, limit: number): Promise<Uint8Array> {
  const { size, isFolder } = await statusOf(file);
  if (isFolder) throw new InputError('FILE_IS_FOLDER', `${file} is a folder. Name a file in it.`);
  refuseLarge(file, size, limit);
  try {
    return await readStream(file, createReadStream(file), limit);
  } catch (error) {
    throw error instanceof InputError ? error : unreadable(file, error);
  }
}

/** Whether a path that a person named is a folder. Fails when there is nothing. */
export async function isFolder(path: string): Promise<boolean> {
  return (await statusOf(path)).isFolder;
}

async function statusOf(file: string): Promise<{ size: number; isFolder: boolean }> {
  try {
    const status = await stat(file);
    return { size: status.size, isFolder: status.isDirectory() };
  } catch (error) {
    throw unreadable(file, error);
  }
}

/** What a failure to read means for whoever named the file. */
export function unreadable(file: string, error: unknown): InputError {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new InputError('FILE_MISSING', `There is no ${file}. Check the path; it starts at ${process.cwd()}.`);
  }
  return new InputError('FILE_UNREADABLE', `${file} cannot be read (${String(code)}). Check its permissions.`);
}

function refuseLarge(name: string, size: number, limit: number): void {
  if (size <= limit) return;
  const sentence =
    `${name} is larger than ${(limit / 1024 / 1024).toFixed(1)} MiB, which is as much as is read: ` +
    'Kubernetes keeps a whole release in a Secret of at most 1 MiB. Move large scripts into a ConfigMap of your own.';
  throw new InputError('FILE_TOO_LARGE', sentence);
}

/** What pipes and devices hold is known only when it has been read, and some never end. */
async function readStream(name: string, stream: AsyncIterable<unknown>, limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    if (!(chunk instanceof Uint8Array)) continue;
    size += chunk.byteLength;
    refuseLarge(name, size, limit);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
