/** Kubernetes' objects as a tree that rows can name: by kind, services by what they are for, containers by their names. */
import { NO_VALUES, type Entry } from '../check/entry.ts';
import { entryAt } from '../check/leaves.ts';
import { scalarAt } from '../check/wrapping.ts';

/** Lists whose items have names; a row names an item as if it were a key. */
const NAMED = new Set(['containers', 'initContainers', 'volumeClaimTemplates', 'ports']);

const DATABASES = ['mysql', 'mariadb', 'percona', 'database', 'db'];

/** Objects that a tree has more than one of. */
const MANY = new Set(['PersistentVolume']);

/** One tree of several objects. A second object of a kind gets a number, which no row knows. */
export function manifestTree(documents: readonly Entry[]): Entry {
  const entries = new Map<string, Entry>();
  for (const document of documents) {
    const kind = scalarAt(document, 'kind') ?? '';
    if (MANY.has(kind)) append(entries, kind, document);
    else if (kind === 'Service') insert(entries, kind, serviceRole(document), document);
    else entries.set(freeKey(entries, kind === '' ? 'object' : kind), named(document));
  }
  return { ...NO_VALUES, content: { kind: 'map', entries } };
}

function append(entries: Map<string, Entry>, key: string, item: Entry): void {
  const list = entries.get(key);
  const items = list?.content.kind === 'list' ? list.content.items : [];
  entries.set(key, { ...(list ?? item), content: { kind: 'list', items: [...items, item] } });
}

function insert(entries: Map<string, Entry>, key: string, role: string, item: Entry): void {
  const map = entries.get(key);
  const inner = new Map(map?.content.kind === 'map' ? map.content.entries : []);
  inner.set(freeKey(inner, role), named(item));
  entries.set(key, { ...(map ?? item), content: { kind: 'map', entries: inner } });
}

function freeKey(entries: ReadonlyMap<string, Entry>, key: string): string {
  let free = key;
  for (let number = 2; entries.has(free); number += 1) free = `${key}-${number}`;
  return free;
}

function serviceRole(service: Entry): string {
  if (scalarAt(service, 'spec.clusterIP') === 'None') return 'headless';
  return /read|replica|slave|secondary/.test(scalarAt(service, 'metadata.name') ?? '') ? 'read' : 'primary';
}

/** Turns lists of named items into maps. The database's container and claim are called as the table calls them. */
function named(entry: Entry, key = ''): Entry {
  const { content } = entry;
  if (content.kind === 'map') {
    const entries = new Map([...content.entries].map(([name, child]) => [name, named(child, name)]));
    return { ...entry, content: { kind: 'map', entries } };
  }
  if (content.kind !== 'list' || !NAMED.has(key)) return entry;
  const entries = new Map<string, Entry>();
  for (const item of content.items) entries.set(freeKey(entries, itemName(item, key, content.items.length)), named(item));
  return { ...entry, content: { kind: 'map', entries } };
}

function itemName(item: Entry, list: string, count: number): string {
  const name = scalarAt(item, 'name') ?? scalarAt(item, 'metadata.name') ?? '';
  if (list === 'volumeClaimTemplates' && count === 1) return 'data';
  if (list === 'ports' && count === 1) return 'mysql';
  if (list === 'containers' && (DATABASES.includes(name) || runsServer(item))) return 'mysql';
  return name === '' ? 'item' : name;
}

function runsServer(container: Entry): boolean {
  return (
    /(^|\/)(mysql|mariadb|percona|percona-server)(:|$|@)/.test(scalarAt(container, 'image') ?? '') &&
    entryAt(container, ['command']) === undefined
  );
}
