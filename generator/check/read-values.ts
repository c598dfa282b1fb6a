import { isAlias, isMap, isScalar, isSeq, type Document, type Pair, type YAMLMap } from 'yaml';
import { NO_VALUES, type Content, type Entry } from './entry.ts';
import type { Finding } from './finding.ts';
import { isEmpty, parseYaml, type Locate } from './parse-yaml.ts';
import { placeOf, type SourceText, type Span } from './place.ts';

/** Values that a text may grow to through its aliases before it counts as an attack. */
const MOST_COPIES = 10_000;

/** What a text says, or what is wrong with it. */
export type ReadValues =
  | { readonly isGood: true; readonly entry: Entry }
  /** A key that stands twice keeps nobody from reading the rest. */
  | { readonly isGood: false; readonly findings: readonly Finding[]; readonly entry?: Entry };

/** Reads the values of a file, each with its place. Anchors and aliases are taken, as Helm takes them. */
export function readValues(source: SourceText): ReadValues {
  const parsed = parseYaml(source);
  if (!parsed.isGood) return parsed;
  const { document, locate } = parsed;
  return document === undefined ? { isGood: true, entry: NO_VALUES } : readDocument(document, locate);
}

/** Reads one document of a text. */
export function readDocument(document: Document.Parsed, locate: Locate): ReadValues {
  if (isEmpty(document)) return { isGood: true, entry: NO_VALUES };
  const reader = new EntryReader(document, locate);
  try {
    const entry = reader.read(document.contents, undefined);
    const findings = entry.content.kind === 'map' ? reader.findings : [noMap(entry)];
    if (findings.length === 0) return { isGood: true, entry };
    return findings.every(({ code }) => code === 'DUPLICATE_KEY') ? { isGood: false, findings, entry } : { isGood: false, findings };
  } catch (error) {
    if (error instanceof Refusal) return { isGood: false, findings: [error.finding] };
    throw error;
  }
}

/** Ends the reading of a text at the first alias that cannot be followed. */
class Refusal extends Error {
  readonly finding: Finding;

  constructor(finding: Finding) {
    super(finding.message);
    this.finding = finding;
  }
}

class EntryReader {
  readonly #document: Document.Parsed;
  readonly #locate: Locate;
  /** Aliases that are being followed, the outermost first. */
  readonly #open = new Set<unknown>();
  /** Where the outermost of them stands. */
  #openSpan: Span | undefined;
  #copies = 0;
  readonly findings: Finding[] = [];

  constructor(document: Document.Parsed, locate: Locate) {
    this.#document = document;
    this.#locate = locate;
  }

  read(node: unknown, keySpan: Span | undefined): Entry {
    const valueSpan = this.#spanOf(node) ?? keySpan;
    if (isAlias(node)) return { ...this.#follow(node.resolve(this.#document), valueSpan), keySpan };
    if (this.#open.size > 0) this.#countCopy();
    return { content: this.#contentOf(node), keySpan: keySpan ?? valueSpan, valueSpan };
  }

  #contentOf(node: unknown): Content {
    if (isMap(node)) return { kind: 'map', entries: this.#entriesOf(node) };
    if (isSeq(node)) return { kind: 'list', items: node.items.map((item) => this.read(item, undefined)) };
    return { kind: 'scalar', value: isScalar(node) ? plainScalar(node.value) : node };
  }

  /** What `<<` brings comes first, so that the map's own keys replace it wherever it stands. */
  #entriesOf(map: YAMLMap): ReadonlyMap<string, Entry> {
    const entries = new Map<string, Entry>();
    for (const pair of map.items.filter(isMergePair)) {
      for (const [key, entry] of this.#mergedEntries(pair)) entries.set(key, entry);
    }
    const own = new Set<string>();
    for (const { key, value } of map.items.filter((pair) => !isMergePair(pair))) {
      const name = keyText(key);
      const span = this.#spanOf(key);
      if (own.has(name)) this.findings.push(duplicate(name, span));
      if (!isScalar(key)) this.findings.push(noKey(span));
      own.add(name);
      entries.set(name, this.read(value, span));
    }
    return entries;
  }

  #mergedEntries({ key, value }: Pair): readonly [string, Entry][] {
    const { content } = this.read(value, this.#spanOf(key));
    const sources = content.kind === 'list' ? [...content.items].reverse() : [{ content }];
    return sources.flatMap((source) => (source.content.kind === 'map' ? [...source.content.entries] : []));
  }

  #follow(target: unknown, span: Span | undefined): Entry {
    if (target === undefined) throw new Refusal(unknownAnchor(span));
    if (this.#open.has(target)) throw new Refusal(endless(span));
    if (this.#open.size === 0) this.#openSpan = span;
    this.#open.add(target);
    const entry = this.read(target, undefined);
    this.#open.delete(target);
    return { ...entry, valueSpan: span };
  }

  #countCopy(): void {
    this.#copies += 1;
    if (this.#copies > MOST_COPIES) throw new Refusal(tooManyCopies(this.#openSpan));
  }

  #spanOf(node: unknown): Span | undefined {
    const isNode = isScalar(node) || isMap(node) || isSeq(node) || isAlias(node);
    return isNode && node.range != null ? this.#locate(node.range[0], node.range[1]) : undefined;
  }
}

function isMergePair({ key }: Pair): boolean {
  return isScalar(key) && key.source === '<<' && key.type === 'PLAIN';
}

function keyText(key: unknown): string {
  return isScalar(key) ? String(key.value) : String(key);
}

/** Bytes arrive in a form of their own; in JSON they are a text. */
function plainScalar(value: unknown): unknown {
  return value instanceof Uint8Array ? new TextDecoder().decode(value) : value;
}

function at(span: Span | undefined): Pick<Finding, 'path' | 'place'> {
  return { path: '', place: span && placeOf(span) };
}

function duplicate(name: string, span: Span | undefined): Finding {
  const message = `The key ${name} appears twice in this map.`;
  const cure = 'Keep one of the two; Helm would silently drop the other.';
  return { code: 'DUPLICATE_KEY', ...at(span), message, cure };
}

function noMap({ valueSpan, content }: Entry): Finding {
  const found = content.kind === 'list' ? 'a list' : 'a single value';
  const message = `The file holds ${found}, and values are a map of keys.`;
  return { code: 'NOT_A_MAP', ...at(valueSpan), message, cure: 'Begin with a key, such as engine: or storage:.' };
}

function noKey(span: Span | undefined): Finding {
  const message = 'A map or a list stands where a key should be.';
  const cure = 'Put a text that begins with a brace into quotes. Templates between {{ and }} are not rendered in values.';
  return { code: 'NOT_YAML', ...at(span), message, cure };
}

function unknownAnchor(span: Span | undefined): Finding {
  const message = 'No anchor of this name stands above this alias.';
  return { code: 'NOT_YAML', ...at(span), message, cure: 'Mark the value that you mean with & and the name.' };
}

function endless(span: Span | undefined): Finding {
  const message = 'This alias contains itself, so the values would have no end.';
  return { code: 'TOO_MANY_ALIASES', ...at(span), message, cure: 'Write the value out.' };
}

function tooManyCopies(span: Span | undefined): Finding {
  const message = `The aliases grow to more than ${MOST_COPIES} values here; Helm refuses such a text, too.`;
  return { code: 'TOO_MANY_ALIASES', ...at(span), message, cure: 'Write out what you need.' };
}
