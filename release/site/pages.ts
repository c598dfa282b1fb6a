import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';

/** A file of the site: where it comes from, where it lies among the site's pages, and what is in it. */
export interface SiteFile {
  readonly source: string;
  readonly target: string;
  readonly content: string | Uint8Array;
}

/** What the site is made from, beside all that is in docs/ and what pages link to. */
const HOME: Readonly<Record<string, string>> = { 'README.md': 'index.md', 'README.zh.md': 'index.zh.md' };
const ALWAYS = ['chart/README.md'];
const LINK = /(\]\()(?!https?:|mailto:|#)([^)\s#]+)/g;
/** A line that leads to the same page in the other language: the site has a switch for that. */
const SWITCH = /^\[(?:English|中文)\]\([^)]+\)\n\n/m;

/**
 * The files of the site. Pages link to each other as GitHub needs it; in the site README.md is the home page, and a file
 * outside docs/ that some page links to lies beside the pages. Links are made to fit, so that the strict build checks them.
 */
export function siteFiles(root: string): readonly SiteFile[] {
  const docs = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).map((path) => posix.join('docs', path));
  const found = new Map<string, SiteFile>();
  const open = [...Object.keys(HOME), ...ALWAYS, ...docs.filter((path) => statSync(join(root, path)).isFile())];
  for (let source = open.pop(); source !== undefined; source = open.pop()) {
    if (found.has(source)) continue;
    const { file, linked } = readPage(root, source);
    found.set(source, file);
    open.push(...linked);
  }
  return [...found.values()].sort((a, b) => (a.target < b.target ? -1 : 1));
}

function readPage(root: string, source: string): { readonly file: SiteFile; readonly linked: readonly string[] } {
  const target = targetOf(source);
  if (!source.endsWith('.md')) return { file: { source, target, content: readFileSync(join(root, source)) }, linked: [] };
  const linked: string[] = [];
  const text = readFileSync(join(root, source), 'utf8').replace(SWITCH, '');
  const content = text.replace(LINK, (_, begin: string, link: string) => {
    const path = fileBehind(root, posix.join(posix.dirname(source), link), source);
    linked.push(path);
    return `${begin}${posix.relative(posix.dirname(target), targetOf(path))}`;
  });
  return { file: { source, target, content }, linked };
}

/** Files of docs/ lie at the top of the site, all others as in the project. */
function targetOf(source: string): string {
  return HOME[source] ?? source.replace(/^docs\//, '');
}

/** A link to a folder shows its README. */
function fileBehind(root: string, path: string, page: string): string {
  const file = existsSync(join(root, path)) && statSync(join(root, path)).isDirectory() ? posix.join(path, 'README.md') : path;
  if (!existsSync(join(root, file))) throw new Error(`${page} links to ${path}, which is not there. Mend the link.`);
  return file;
}
