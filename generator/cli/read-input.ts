import { readFile, stat } from 'node:fs/promises';
import { InputError } from './input-error.ts';

/** Kubernetes keeps a release in a Secret of at most 1 MiB, so nothing larger than this was ever installed. */
const LARGEST_TEXT = 2 * 1024 * 1024;

/** The name that stands for the standard input. */
export const STANDARD_INPUT = '-';

/** Reads a text file that a person named, or the standard input. */
export async function readText(file: string): Promise<string> {
  const bytes = file === STANDARD_INPUT ? await readStandardInput() : await readBytes(file, LARGEST_TEXT);
  refuseLarge(file, bytes.byteLength, LARGEST_TEXT);
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
    return await readFile(file);
  } catch (error) {
    throw unreadable(file, error);
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

function unreadable(file: string, error: unknown): InputError {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new InputError('FILE_MISSING', `There is no ${file}. Check the path; it starts at ${process.cwd()}.`);
  }
  return new InputError('FILE_UNREADABLE', `${file} cannot be read (${String(code)}). Check its permissions.`);
}

function refuseLarge(file: string, size: number, limit: number): void {
  if (size <= limit) return;
  const megabytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
  const sentence =
    `${file} has ${megabytes(size)}, and more than ${megabytes(limit)} is not read: ` +
    'Kubernetes keeps a whole release in a Secret of at most 1 MiB. Move large scripts into a ConfigMap of your own.';
  throw new InputError('FILE_TOO_LARGE', sentence);
}

async function readStandardInput(): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of process.stdin) {
    if (!Buffer.isBuffer(chunk)) continue;
    size += chunk.byteLength;
    refuseLarge('The standard input', size, LARGEST_TEXT);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
