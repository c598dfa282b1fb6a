/** Goes through the rows of an origin and the values of a file, and puts each value in its place. */
import { plainValue, type Entry } from '../check/entry.ts';
import { entryAt, leafEntries } from '../check/leaves.ts';
import { placeOf } from '../check/place.ts';
import { knows } from '../origins/recognise.ts';
import { keysOf, leadsTo, pathOf, rowsFor } from '../origins/paths.ts';
import type { Move, Origin, Password, Row, When } from '../origins/row.ts';
import { changed, isEmptyValue } from './changes.ts';
import type { Outcome } from './outcome.ts';
import { Placement } from './placement.ts';
import type { Translated, Verdict } from './report.ts';
import { holdsSecret } from './secrets.ts';

/** What the rows make of a file. */
export interface Translation {
  readonly placement: Placement;
  readonly rows: readonly Translated[];
  /** Passwords that stand in the file: which, and where. */
  readonly secrets: readonly { readonly row: Password; readonly from: string }[];
}

/** Translates a tree of values. */
export function translate(tree: Entry, origin: Origin, passwords: readonly string[]): Translation {
  return new Translator(tree, origin, passwords).run();
}

/** The passwords that stand in a tree, so that none of them gets anywhere. */
export function passwordsIn(tree: Entry, { rows }: Origin): readonly string[] {
  const found = rows.filter((row) => row.kind === 'password').map(({ from }) => entryAt(tree, keysOf(from)));
  const texts = found.flatMap((entry) => (entry === undefined ? [] : [plainValue(entry)]));
  return texts.flatMap((value) => (typeof value === 'string' && value !== '' ? [value] : []));
}

class Translator {
  readonly #tree: Entry;
  readonly #origin: Origin;
  readonly #passwords: readonly string[];
  readonly #placement = new Placement();
  readonly #rows: Translated[] = [];
  readonly #secrets: { row: Password; from: string }[] = [];

  constructor(tree: Entry, origin: Origin, passwords: readonly string[]) {
    this.#tree = tree;
    this.#origin = origin;
    this.#passwords = passwords;
  }

  run(): Translation {
    const leaves = leafEntries(this.#tree).map(({ keys }) => keys);
    const used = new Set(leaves.flatMap((keys) => rowsFor(this.#origin.rows, keys)));
    for (const row of this.#origin.rows) {
      if (used.has(row)) this.#translateRow(row, leaves);
      else if (row.kind === 'move') this.#translateDefault(row);
    }
    for (const { keys, entry } of leafEntries(this.#tree)) {
      if (!knows(this.#origin, keys)) this.#tell(pathOf(keys), entry, 'unknown', `${this.#origin.title} has no such value either.`);
    }
    return { placement: this.#placement, rows: this.#rows, secrets: this.#secrets };
  }

  #translateRow(row: Row, leaves: readonly (readonly string[])[]): void {
    const keys = keysOf(row.from);
    const entry = entryAt(this.#tree, keys) ?? entryAt(this.#tree, keys.slice(0, -1));
    if (entry === undefined) return;
    const unmet = row.when?.find((condition) => !this.#holds(condition));
    if (unmet !== undefined) {
      this.#tellUnmet(row, entry, unmet);
      return;
    }
    const value = plainValue(entry);
    if (row.kind === 'move') this.#moveValue(row, entry, value);
    else if (isEmptyValue(value)) this.#tell(row.from, entry, 'dropped', 'It is empty.');
    else if (row.kind === 'password') this.#keepSecret(row, entry);
    else if (row.kind === 'drop') this.#tell(row.from, entry, 'dropped', row.because);
    else this.#tellLack(row.from, entry, row.because, leaves);
  }

  /** Of several rows for one value, those whose condition holds speak; if none does, the first says why. */
  #tellUnmet(row: Row, entry: Entry, { path, is }: When): void {
    const alike = this.#origin.rows.filter(({ from }) => from === row.from);
    if (alike[0] !== row || alike.some((other) => this.#counts(other))) return;
    const words = is.map((word) => (word === '*' ? 'set' : word === '' ? 'empty' : String(word)));
    this.#tell(row.from, entry, 'dropped', `It counts only while ${path} is ${words.join(' or ')}.`);
  }

  #moveValue(row: Move, entry: Entry, value: unknown): void {
    const outcome =
      isEmptyValue(value) && row.change.kind !== 'words' && row.to !== 'auth.database' && row.to !== 'auth.username'
        ? EMPTY
        : changed(value, row);
    if (outcome.kind === 'nothing') this.#tell(row.from, entry, 'dropped', outcome.because);
    else if (outcome.kind === 'lack') this.#tell(row.from, entry, 'lacking', outcome.because);
    else this.#put(row, entry, outcome, false);
  }

  #put(row: Move, entry: Entry | undefined, outcome: Outcome & { kind: 'set' }, isDefault: boolean): void {
    const values = outcome.values.map(([, value]) => value);
    if (JSON.stringify(values).includes('{{')) {
      this.#tell(row.from, entry, 'lacking', 'It is a template, and values are not rendered: write out what it stands for.');
      return;
    }
    if (holdsSecret(values, this.#passwords)) {
      this.#tell(
        row.from,
        entry,
        'lacking',
        'A password stands in it, which does not belong into a file: keep it in a Secret or ConfigMap of your own.',
      );
      return;
    }
    const isReplicas = this.#origin.replicas !== undefined && leadsTo([...keysOf(this.#origin.replicas)], keysOf(row.from));
    const also = row.also ?? [];
    const cause = { row, entry, isDefault };
    const refusals = this.#placement.put(outcome.values, { ...cause, isSame: outcome.isSame });
    if (refusals.length === 0) this.#placement.put(also, { ...cause, isSame: false });
    const to = [...outcome.values, ...also].map(([target]) => target);
    if (refusals.length > 0 && !isDefault)
      this.#tell(row.from, entry, 'lacking', `All pods of a release are alike, and ${refusals.join(' and ')} is set already.`);
    else if (refusals.length === 0) {
      const forAll = isReplicas && row.several === 'first' && !/^(?:services\.read|config\.replica|replicaCount)/.test(row.to);
      const notes = [
        ...outcome.notes,
        ...(row.note === undefined ? [] : [row.note]),
        ...(forAll && !isDefault ? ['It counts for the primary, too.'] : []),
      ];
      this.#tell(row.from, isDefault ? undefined : entry, isDefault ? 'default' : 'moved', notes.join(' '), to);
    }
  }

  #translateDefault(row: Move): void {
    if (row.isOursByDefault === true || !Object.hasOwn(this.#origin.defaults, row.from) || !this.#counts(row)) return;
    const value = this.#origin.defaults[row.from];
    if (value === '' && row.to !== 'auth.database' && row.to !== 'auth.username') return;
    const outcome = changed(value, row);
    if (outcome.kind !== 'set') return;
    const notes = row.change.kind === 'engine' ? [UNNAMED_VERSION] : outcome.notes;
    this.#put(row, undefined, { ...outcome, notes }, true);
  }

  #keepSecret(row: Password, entry: Entry): void {
    this.#secrets.push({ row, from: row.from });
    this.#tell(row.from, entry, 'secret', 'It is not copied: it belongs into a Secret.');
  }

  /** What is switched off, or as it was by default, is no loss. */
  #tellLack(from: string, entry: Entry, because: string, leaves: readonly (readonly string[])[]): void {
    const keys = keysOf(from);
    const isOff = this.#value([...keys, 'enabled']) === false;
    const below = leaves.filter((leaf) => leadsTo(keys, leaf));
    const isUsual = below.every((leaf) => {
      const value = this.#value(leaf);
      return isEmptyValue(value) || value === false || value === this.#origin.defaults[pathOf(leaf)];
    });
    if (isOff) this.#tell(from, entry, 'dropped', 'It is switched off.');
    else if (isUsual) this.#tell(from, entry, 'dropped', 'It changes nothing.');
    else this.#tell(from, entry, 'lacking', because);
  }

  #value(keys: readonly string[]): unknown {
    const entry = entryAt(this.#tree, keys);
    return entry === undefined ? this.#origin.defaults[pathOf(keys)] : plainValue(entry);
  }

  #counts(row: Row): boolean {
    return (row.when ?? []).every((condition) => this.#holds(condition));
  }

  #holds({ path, is }: When): boolean {
    const value = this.#value(keysOf(path));
    const word = isEmptyValue(value) ? '' : value;
    return is.some((allowed) => allowed === word || allowed === String(word) || (allowed === '*' && word !== ''));
  }

  #tell(from: string, entry: Entry | undefined, verdict: Verdict, sentence: string, to: Translated['to'] = []): void {
    const span = entry?.keySpan;
    const found = span && placeOf(span);
    const place = found && { file: found.file, line: found.line, column: found.column };
    this.#rows.push({ from, verdict, to, sentence, place });
  }
}

const UNNAMED_VERSION = 'The file names no version, and older charts had older ones: compare engine with what SELECT VERSION() says.';

const EMPTY: Outcome = { kind: 'nothing', because: 'It is empty.' };
