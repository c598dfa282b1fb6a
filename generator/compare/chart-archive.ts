import { createGunzip } from 'node:zlib';
import { Readable } from 'node:stream';
import { parseTar } from 'nanotar';
import { InputError } from '../errors/input-error.ts';
import { readBytes } from '../files/read-input.ts';

/** What Helm itself takes at most, packed and unpacked. */
const LARGEST_ARCHIVE = 20 * 1024 * 1024;
const LARGEST_CONTENT = 100 * 1024 * 1024;

/** The files of a packed chart, by their paths inside the chart. */
export async function readArchive(file: string): Promise<ReadonlyMap<string, string>> {
  const tar = await unzip(file, await readBytes(file, LARGEST_ARCHIVE));
  try {
    const items = parseTar(tar).filter((item) => item.type === 'file');
    return new Map(items.map((item): [string, string] => [item.name.replace(/^(?:\.\/)?[^/]+\//, ''), item.text]));
  } catch {
    throw new InputError('BROKEN_ARCHIVE', `${file} is packed, but holds no tar archive. Pack a chart with helm package.`);
  }
}

/** Unpacks while it counts, since a small file may unpack to any size. */
async function unzip(file: string, packed: Uint8Array): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of Readable.from([packed]).pipe(createGunzip())) {
      if (!Buffer.isBuffer(chunk)) continue;
      size += chunk.byteLength;
      if (size > LARGEST_CONTENT) break;
      chunks.push(chunk);
    }
  } catch {
    throw new InputError('BROKEN_ARCHIVE', `${file} is neither a chart's folder nor an archive that helm package made.`);
  }
  if (size > LARGEST_CONTENT)
    throw new InputError('FILE_TOO_LARGE', `${file} unpacks to more than 100 MiB; Helm refuses such a chart, too.`);
  return Buffer.concat(chunks);
}
