/** What a change of a chart means for people who have values files for it. */
export type Level = 'major' | 'minor' | 'patch';

/** One difference between two charts. */
export interface Change {
  readonly level: Level;
  /** In the words of Artifact Hub's annotation. */
  readonly kind: 'added' | 'changed' | 'removed';
  /** The value, the rule or the part of the chart that differs. */
  readonly subject: string;
  /** What differs, and why the level follows from it. */
  readonly sentence: string;
}

const ORDER: readonly Level[] = ['major', 'minor', 'patch'];

/** The weightiest first. */
export function byWeight(changes: readonly Change[]): readonly Change[] {
  return ORDER.flatMap((level) => changes.filter((change) => change.level === level));
}

/** The weight of all changes together; undefined when there are none. */
export function heaviest(changes: readonly Change[]): Level | undefined {
  return ORDER.find((level) => changes.some((change) => change.level === level));
}
