import { gzipSync } from 'fflate';
import { createTar } from 'nanotar';

/** A file on its way into an archive. */
export interface ArchivedFile {
  /** Path inside the archive's folder, with slashes. */
  readonly path: string;
  readonly content: Uint8Array;
  readonly isProgram: boolean;
}

/** The same for everybody, whenever and wherever the archive is made. Not 1970: some tools take that for "no time". */
const TIME = Date.UTC(1980, 0, 1);
/** What the name field of a tar header holds. */
const LONGEST_NAME = 100;
/** Two empty blocks, by which readers know that nothing was cut off. */
const END = new Uint8Array(1024);

/**
 * A packed folder that depends on nothing but its files: `helm package` and `npm pack` write times, modes or a compression
 * that differ between machines. The compressor is JavaScript, since the output of zlib differs between builds of Node.js.
 */
export function archive(folder: string, files: readonly ArchivedFile[]): Uint8Array {
  const entries = files.map(({ path, content, isProgram }) => ({
    name: checkedName(`${folder}/${path}`),
    data: content,
    attrs: { mode: isProgram ? '755' : '644' },
  }));
  const tar = createTar(entries.sort(byBytes), { attrs: { mtime: TIME, uid: 0, gid: 0, user: '', group: '' } });
  return gzipSync(Buffer.concat([tar, END]), { level: 9, mtime: 0 });
}

function checkedName(name: string): string {
  if (Buffer.byteLength(name) <= LONGEST_NAME) return name;
  throw new TypeError(`${name} has more than ${LONGEST_NAME} bytes, which the archive would cut off. Shorten the path.`);
}

/** Not by the rules of a language, which differ between machines. */
function byBytes(a: { readonly name: string }, b: { readonly name: string }): number {
  return Buffer.compare(Buffer.from(a.name), Buffer.from(b.name));
}
