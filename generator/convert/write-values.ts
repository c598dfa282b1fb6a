/** Writes values as a file for people: in the order of values.yaml, with the comments of the old file. */
import { Document, isMap, isScalar, Pair, Scalar, YAMLMap, YAMLSeq, type Node } from 'yaml';
import { plainValue, type Entry } from '../check/entry.ts';
import { OCTAL } from '../language/helm-yaml.ts';
import { isObject } from '../model/json-schema.ts';
import type { PlainValues } from '../rules/evaluate-rules.ts';
import type { Comments, KeyComments } from './comments.ts';
import type { Placed } from './placement.ts';

/** A value with what people wrote about it. */
export interface Written extends Placed {
  /** Comments above its key, those of the sections that it was in first. */
  readonly above: readonly string[];
  readonly behind: string | undefined;
}

export interface Texts {
  readonly head: readonly string[];
  /** Asked for last, since it has what is left. */
  readonly foot: () => readonly string[];
}

/** The text of a values file. */
export function valuesText(written: readonly Written[], order: PlainValues, comments: Comments, { head, foot }: Texts): string {
  const document = new Document(undefined, { version: '1.1', customTags: (tags) => [OCTAL, ...tags] });
  const root = new YAMLMap();
  document.contents = root;
  const nodes = new ValuesDocument(document, root, comments);
  for (const value of inOrder(written, order)) nodes.add(value);
  const body = written.length === 0 ? '' : document.toString({ lineWidth: 0 });
  const blocks = [commentLines(head), body, commentLines(foot())].filter((block) => block !== '');
  return blocks.join('\n');
}

function commentLines(lines: readonly string[]): string {
  return lines.map((line) => `#${line}\n`).join('');
}

/** As values.yaml has them, so that whoever knows it finds them. */
function inOrder(written: readonly Written[], order: PlainValues): readonly Written[] {
  const rank = ({ target }: Written): number[] => {
    let level: unknown = order;
    return target.split('.').map((key) => {
      const keys = isObject(level) ? Object.keys(level) : [];
      level = isObject(level) ? level[key] : undefined;
      const index = keys.indexOf(key);
      return index < 0 ? keys.length : index;
    });
  };
  return written
    .map((value) => ({ value, rank: rank(value) }))
    .sort((left, right) => compare(left.rank, right.rank))
    .map(({ value }) => value);
}

function compare(left: readonly number[], right: readonly number[]): number {
  const at = left.findIndex((number, index) => number !== right[index]);
  return at < 0 ? 0 : (left[at] ?? 0) - (right[at] ?? 0);
}

class ValuesDocument {
  readonly #document: Document;
  readonly #root: YAMLMap;
  readonly #comments: Comments;

  constructor(document: Document, root: YAMLMap, comments: Comments) {
    this.#document = document;
    this.#root = root;
    this.#comments = comments;
  }

  add({ target, value, entries, isSame, above, behind }: Written): void {
    const keys = target.split('.');
    const map = this.#sectionOf(keys.slice(0, -1));
    const [entry] = entries;
    const node = isSame && entry !== undefined ? this.#nodeOf(entry) : this.#plainNode(value);
    map.items.push(this.#pairOf(keys.at(-1) ?? '', node, { above, behind }));
  }

  #sectionOf(keys: readonly string[]): YAMLMap {
    let map = this.#root;
    for (const key of keys) {
      const found = map.items.find((pair) => isScalar(pair.key) && pair.key.value === key)?.value;
      if (isMap(found)) map = found;
      else {
        const inner = new YAMLMap();
        map.items.push(new Pair(new Scalar(key), inner));
        map = inner;
      }
    }
    return map;
  }

  #pairOf(key: string, value: Node, { above, behind }: KeyComments): Pair {
    const name = new Scalar(key);
    this.#describe(name, value, above, behind);
    return new Pair(name, value);
  }

  /** The old value with all comments in it. */
  #nodeOf(entry: Entry): Node {
    const { content } = entry;
    if (content.kind === 'scalar' || (content.kind === 'map' ? content.entries.size : content.items.length) === 0)
      return this.#plainNode(plainValue(entry));
    if (content.kind === 'list') {
      const list = new YAMLSeq();
      for (const item of content.items) {
        const node = this.#nodeOf(item);
        const { above, behind } = this.#comments.of(item);
        this.#describe(node, node, above, behind);
        list.items.push(node);
      }
      return list;
    }
    const map = new YAMLMap();
    for (const [key, child] of content.entries) map.items.push(this.#pairOf(key, this.#nodeOf(child), this.#comments.of(child)));
    return map;
  }

  #plainNode(value: unknown): Node {
    return this.#document.createNode(value, { aliasDuplicateObjects: false });
  }

  #describe(key: Node, value: Node, above: readonly string[], behind: string | undefined): void {
    const isOneLine = isScalar(value) && !String(value.value).includes('\n');
    const lines = isOneLine || behind === undefined ? above : [...above, behind];
    if (lines.length > 0) key.commentBefore = lines.join('\n');
    if (isOneLine && behind !== undefined) value.comment = behind;
  }
}
