/** Reads a file of another chart: which values it has, and whose they are. */
import { leafEntries } from '../check/leaves.ts';
import { NO_VALUES, type Entry } from '../check/entry.ts';
import type { Finding } from '../check/finding.ts';
import { foreignFeatures, foreignFinding } from '../check/foreign.ts';
import { parseStream, isEmpty } from '../check/parse-yaml.ts';
import type { SourceText } from '../check/place.ts';
import { readDocument, readValues } from '../check/read-values.ts';
import { scalarAt, sealedFile, withoutTitle, wrappedValues } from '../check/wrapping.ts';
import type { Schema } from '../model/json-schema.ts';
import { originOf, ORIGINS } from '../origins/origins.ts';
import { recognise, type Recognition } from '../origins/recognise.ts';
import type { Origin, OriginName } from '../origins/row.ts';
import { manifestTree } from './manifests.ts';

/** Values, whose they are, and what was around them. */
export interface OldFile {
  readonly tree: Entry;
  readonly origin: Origin;
  readonly source: SourceText;
  /** Where in the file the values were; empty: the file has nothing else. */
  readonly wrapping: string;
}

export interface ReadOptions {
  readonly schema: Schema;
  readonly from?: OriginName | undefined;
  /** The key below which a parent chart has the values. */
  readonly at?: string | undefined;
}

interface Refused {
  readonly kind: 'refused';
  readonly findings: readonly Finding[];
}

/** A file that was read, or what is wrong with it. */
export type ReadOldFile = { readonly kind: 'read'; readonly file: OldFile } | Refused;

/** Reads a file, through whatever its values are wrapped in. */
export function readOldFile(given: SourceText, options: ReadOptions): ReadOldFile {
  const source = withoutTitle(given);
  const parsed = parseStream(source);
  if (!parsed.isGood) return refused(...[sealedFile(source, undefined) ?? parsed.findings].flat());
  const read = parsed.documents.filter((document) => !isEmpty(document)).map((document) => readDocument(document, parsed.locate));
  const broken = read.flatMap((document) => (document.isGood ? [] : document.findings));
  if (broken.length > 0) return refused(...broken);
  const documents = read.flatMap((document) => (document.isGood ? [document.entry] : []));
  const [first = NO_VALUES, ...others] = documents;
  if (documents.length === 0 || first.content.kind !== 'map' || first.content.entries.size === 0) return refused(nothing());
  const sealed = sealedFile(source, first);
  if (sealed !== undefined) return refused(sealed);
  return others.length === 0 ? readTree(first, source, options, '') : readManifests(documents, source, options);
}

function readTree(entry: Entry, source: SourceText, options: ReadOptions, wrapping: string): ReadOldFile {
  const wrapped = wrappedValues(entry, source);
  if (wrapped?.kind === 'map') return readTree(wrapped.entry, source, options, wrapped.path);
  if (wrapped?.kind === 'text') {
    const inner = readValues(wrapped.source);
    return inner.isGood ? readTree(inner.entry, wrapped.source, options, wrapped.path) : refused(...inner.findings);
  }
  if (scalarAt(entry, 'apiVersion') !== undefined && scalarAt(entry, 'kind') !== undefined) return readManifests([entry], source, options);
  return readValuesTree(entry, source, options, wrapping);
}

function readManifests(documents: readonly Entry[], source: SourceText, options: ReadOptions): ReadOldFile {
  const tree = manifestTree(documents);
  const inner = documents.map((document) => wrappedValues(document, source)).find((wrapped) => wrapped !== undefined);
  const owner = documents.find((document) => wrappedValues(document, source) !== undefined);
  if (inner !== undefined && owner !== undefined) return readTree(owner, source, options, '');
  const origin = ORIGINS.find(({ shape, marks, name }) => shape === 'manifests' && (options.from ?? name) === name && hasMark(tree, marks));
  return origin === undefined ? refused(unknownManifests()) : { kind: 'read', file: { tree, origin, source, wrapping: '' } };
}

function hasMark(tree: Entry, marks: readonly string[]): boolean {
  const paths = leafEntries(tree).map(({ keys }) => keys.join('.'));
  return marks.some((mark) => paths.some((path) => path === mark || path.startsWith(`${mark}.`)));
}

function readValuesTree(entry: Entry, source: SourceText, options: ReadOptions, wrapping: string): ReadOldFile {
  const { at, schema } = options;
  if (at !== undefined) {
    const below = entry.content.kind === 'map' ? entry.content.entries.get(at) : undefined;
    if (below?.content.kind !== 'map') return refused(noSuchKey(at));
    return readValuesTree(withGlobal(below, entry), source, { ...options, at: undefined }, joined(wrapping, at));
  }
  const found = recognise(foreignFeatures(entry, source, schema));
  const named = options.from === undefined ? undefined : originOf(options.from);
  if (named !== undefined && found.kind !== 'several') return { kind: 'read', file: { tree: entry, origin: named, source, wrapping } };
  if (found.kind === 'one') return { kind: 'read', file: { tree: entry, origin: found.origin, source, wrapping } };
  if (found.kind !== 'none') return refused(foreignFinding(found, entry));
  return readChild(entry, source, options, wrapping, found);
}

/** A parent chart has the values of each of its parts below one key. */
function readChild(
  entry: Entry,
  source: SourceText,
  options: ReadOptions,
  wrapping: string,
  found: Recognition & { readonly kind: 'none' },
): ReadOldFile {
  const children = entry.content.kind === 'map' ? [...entry.content.entries] : [];
  const telling = children.filter(([key, child]) => {
    const kind = key === 'global' || child.content.kind !== 'map' ? 'none' : recognise(foreignFeatures(child, source, options.schema)).kind;
    return kind === 'one' || kind === 'unclear';
  });
  const [only] = telling;
  if (telling.length > 1) return refused(severalParts(telling.map(([key]) => key)));
  if (only === undefined) return refused(found.hasOurs ? oursAlready() : unknownValues());
  return readValuesTree(withGlobal(only[1], entry), source, options, joined(wrapping, only[0]));
}

/** What a parent chart shares with all its parts. */
function withGlobal(child: Entry, parent: Entry): Entry {
  const shared = parent.content.kind === 'map' ? parent.content.entries.get('global') : undefined;
  if (shared === undefined || child.content.kind !== 'map' || child.content.entries.has('global')) return child;
  return { ...child, content: { kind: 'map', entries: new Map([...child.content.entries, ['global', shared]]) } };
}

function joined(above: string, key: string): string {
  return above === '' ? key : `${above}.${key}`;
}

function refused(...findings: readonly Finding[]): Refused {
  return { kind: 'refused', findings };
}

function about(message: string, cure: string): Finding {
  return { code: 'UNKNOWN_ORIGIN', path: '', place: undefined, message, cure };
}

const nothing = (): Finding =>
  about('The file sets nothing.', 'Give it the values that the old release was installed with: helm get values NAME.');
const oursAlready = (): Finding => about('These are values of this chart already.', 'Let mysql-sts check look at them.');
const noSuchKey = (key: string): Finding => about(`The file has no values below ${key}.`, 'Name the key of the database in it.');
const severalParts = (keys: readonly string[]): Finding =>
  about(`Values of databases lie below ${keys.join(' and ')}.`, `Convert one at a time: --at ${keys[0] ?? ''}.`);
const unknownManifests = (): Finding =>
  about(
    'None of these objects is a database that is known: a MysqlCluster, or a StatefulSet with a container mysql.',
    'mysql-sts convert --help lists what is known.',
  );
const unknownValues = (): Finding =>
  about('Nothing here shows which chart these values are for.', 'Say it with --from; mysql-sts convert --help lists what is known.');
