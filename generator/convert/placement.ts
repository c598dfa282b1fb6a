/** Our values while they are put together: each place, what is there, and which old values it comes from. */
import type { Entry } from '../check/entry.ts';
import { isObject } from '../model/json-schema.ts';
import type { Move, Target } from '../origins/row.ts';
import { larger } from './quantity.ts';

/** A value in its place. */
export interface Placed {
  readonly target: Target;
  readonly value: unknown;
  /** The old value, where ours is the same with its comments; otherwise only the comments of its key count. */
  readonly entries: readonly Entry[];
  readonly isSame: boolean;
  readonly isDefault: boolean;
  readonly from: readonly string[];
}

interface Cause {
  readonly row: Pick<Move, 'from' | 'several'>;
  readonly entry: Entry | undefined;
  readonly isSame: boolean;
  readonly isDefault: boolean;
}

export class Placement {
  readonly #placed = new Map<Target, Placed>();

  /** Puts values into their places, and names those that are taken by another value. */
  put(values: readonly (readonly [Target, unknown])[], cause: Cause): readonly Target[] {
    return values.flatMap(([target, value]) => (this.#putOne(target, value, cause) ? [] : [target]));
  }

  #putOne(target: Target, value: unknown, { row, entry, isSame, isDefault }: Cause): boolean {
    const before = this.#placed.get(target);
    const entries = entry === undefined ? [] : [entry];
    if (before === undefined) {
      this.#placed.set(target, { target, value, entries, isSame, isDefault, from: [row.from] });
      return true;
    }
    const together = joined(before, value, row.several, isDefault);
    if (together === undefined) return isDefault || before.from.includes(row.from);
    const isBefore = together === before.value;
    this.#placed.set(target, {
      ...before,
      value: together,
      // A default has no text of its own.
      isSame: isBefore && before.isSame && before.entries.length > 0,
      isDefault: before.isDefault && isDefault,
      entries: [...before.entries, ...entries],
      from: [...before.from, row.from],
    });
    return true;
  }

  set(target: Target, value: unknown): void {
    this.#placed.set(target, { target, value, entries: [], isSame: false, isDefault: false, from: [] });
  }

  get(target: Target): Placed | undefined {
    return this.#placed.get(target);
  }

  /** Gives a value another place and text, with its comments. */
  move(target: Target, to: Target, value: unknown): void {
    const placed = this.#placed.get(target);
    if (placed === undefined) return;
    this.#placed.delete(target);
    this.#placed.set(to, { ...placed, target: to, value, isSame: false });
  }

  remove(target: Target): void {
    this.#placed.delete(target);
  }

  all(): readonly Placed[] {
    return [...this.#placed.values()];
  }
}

/** Two values for one place; undefined where the later one has no room. */
function joined({ target, value: before, isDefault }: Placed, value: unknown, several: Move['several'], isLaterDefault: boolean): unknown {
  if (JSON.stringify(before) === JSON.stringify(value)) return before;
  // A preset that nobody chose says nothing about what somebody wrote.
  if (several === 'larger' && !(isObject(value) && isDefault !== isLaterDefault)) return larger(before, value);
  if (target.startsWith('config.') && typeof before === 'string' && typeof value === 'string' && before.includes('\n')) {
    return before + value.replace(/^\[mysqld\]\n/, '');
  }
  if (isDefault && !isLaterDefault) return value;
  if (isLaterDefault) return undefined;
  if (target === 'networkPolicy.peers') return joinedPeers(before, value);
  if (Array.isArray(before) && Array.isArray(value)) return [...(before as unknown[]), ...(value as unknown[])];
  return undefined;
}

/** Labels of namespaces and of pods in them are two fields of one peer. */
function joinedPeers(before: unknown, value: unknown): unknown {
  const [left, right] = [before, value].map((peers): unknown => (Array.isArray(peers) ? peers.at(-1) : undefined));
  return isObject(left) && isObject(right) ? [{ ...left, ...right }] : value;
}
