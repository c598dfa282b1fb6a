import type { Target } from '../origins/row.ts';

/** What became of one value. */
export type Outcome =
  | {
      readonly kind: 'set';
      readonly values: readonly (readonly [Target, unknown])[];
      /** Whether it is the old value as it stood, with its comments. */
      readonly isSame: boolean;
      readonly notes: readonly string[];
    }
  /** Our default says the same, or there is nothing to say. */
  | { readonly kind: 'nothing'; readonly because: string }
  | { readonly kind: 'lack'; readonly because: string };

/** A value that changed on its way. */
export function set(values: readonly (readonly [Target, unknown])[], ...notes: readonly string[]): Outcome {
  return { kind: 'set', values, isSame: false, notes };
}

export function nothing(because: string): Outcome {
  return { kind: 'nothing', because };
}

export function lacking(because: string): Outcome {
  return { kind: 'lack', because };
}
