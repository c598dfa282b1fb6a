/** What the runs of this suite have seen each engine do, and by what means. Kept beside the images, for the page that shows it. */

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../../generator/package-root.ts';
import { ENGINES, type EngineName } from '../../../schema/engines.ts';
import { CACHE } from '../../cluster/images/cache.ts';

/** In the order of the table's columns. */
export const CAPABILITIES = [
  'install and replicate',
  'grow with data',
  'clone anew, logs purged',
  'lose a pod under a writer',
  'take a new setting',
  'upgrade from an older series',
  'clients without TLS',
  'clients with TLS',
] as const;

export type Capability = (typeof CAPABILITIES)[number];

/** One cell of the table. */
export interface Seen {
  readonly engine: string;
  readonly capability: string;
  /** Whether everything in it was the real thing, or what was not. */
  readonly means: string;
  readonly date: string;
  readonly commit: string;
}

const FOLDER = join(CACHE, 'engines');
const FILE = join(FOLDER, 'capabilities.json');

/** What clones an engine here. */
export function cloneMeans(engine: EngineName): string {
  const row = ENGINES.find(({ name }) => name === engine);
  return row?.cloneMethods[0] === 'xtrabackup' ? 'stand-in' : 'real';
}

/** Gives what notes a capability once its step has passed. */
export function noting(engine: EngineName, capability: Capability, means: string): () => void {
  return () => {
    const others = readCapabilities().filter((seen) => seen.engine !== engine || seen.capability !== capability);
    const entry: Seen = { engine, capability, means, date: new Date().toISOString().slice(0, 10), commit: commit() };
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(FILE, JSON.stringify([...others, entry], undefined, 2));
  };
}

/** All that was seen on this machine. */
export function readCapabilities(): readonly Seen[] {
  if (!existsSync(FILE)) return [];
  const content: unknown = JSON.parse(readFileSync(FILE, 'utf8'));
  return Array.isArray(content) ? content.filter(isSeen) : [];
}

function isSeen(value: unknown): value is Seen {
  return typeof value === 'object' && value !== null && 'engine' in value && 'capability' in value && 'means' in value;
}

function commit(): string {
  return execFileSync('git', ['-C', PACKAGE_ROOT, 'rev-parse', '--short=12', 'HEAD'], { encoding: 'utf8' }).trim();
}
