import type { Values } from '../../schema/values.ts';

/** A part of a tree of values. What stays free in the chart, such as labels or a part of a pod, is set as a whole. */
type Part<T> = T extends string | number | boolean | readonly unknown[] | undefined
  ? T
  : string extends keyof T
    ? T
    : { readonly [K in keyof T]?: Part<T[K]> };

/** Defaults of an edition: any part of the values; what is left out stays as the chart has it. */
export type Defaults = Part<Values>;

/** Gives the defaults of an edition their type, so that an editor completes them and a compiler checks them. */
export function defineDefaults(defaults: Defaults): Defaults {
  return defaults;
}
