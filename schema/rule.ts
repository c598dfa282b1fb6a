import type { Condition, Sentence, ValuesPath } from './conditions.ts';

/** One thing that values must not be together. */
export interface Rule {
  /** Stays the same when the words change. */
  readonly id: string;
  /** The values that a user may change to mend it, the likeliest first. */
  readonly paths: readonly [ValuesPath, ...ValuesPath[]];
  /** True when the rule is broken. */
  readonly brokenWhen: Condition;
  readonly sentence: Sentence;
  readonly cure: Sentence;
}
