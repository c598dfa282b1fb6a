/**
 * What a chart promises beside its schema: the rules between values and the engine table, for programs. Two versions of a
 * chart are compared by it.
 */
import type { Condition } from '../../schema/conditions.ts';
import type { Engine, EngineImage } from '../../schema/engines.ts';
import type { Rule } from '../../schema/rule.ts';
import { pathsOf } from './condition-paths.ts';

/** Path inside the chart. */
export const CONTRACT_FILE = 'files/contract.json';

export interface Contract {
  readonly rules: Readonly<Record<string, RuleFacts>>;
  readonly engines: Readonly<Record<string, EngineFacts>>;
}

/** A rule, without its words. */
export interface RuleFacts {
  /** The values that decide whether it is broken. */
  readonly reads: readonly string[];
  readonly brokenWhen: Condition;
}

/** A row of the engine table, as templates and programs read it. */
export interface EngineFacts {
  readonly family: string;
  readonly series: string;
  readonly upgradesFrom: readonly string[];
  readonly server: EngineImage;
  /** The first is the one that `clone.method: auto` means. */
  readonly methods: readonly string[];
  /** The image of each method. */
  readonly clone: Readonly<Record<string, EngineImage>>;
}

/** The contract of a chart with these rules, by their ids, and these engines, by their names. */
export function contractOf(rules: readonly Rule[], engines: readonly Engine[]): Contract {
  return {
    rules: Object.fromEntries(rules.map(({ id, brokenWhen }) => [id, { reads: [...new Set(pathsOf(brokenWhen))], brokenWhen }])),
    engines: Object.fromEntries(engines.map((engine) => [engine.name, engineFacts(engine)])),
  };
}

export function engineFacts({ family, series, upgradesFrom, serverImage, cloneMethods, cloneImages }: Engine): EngineFacts {
  return { family, series, upgradesFrom, server: serverImage, methods: cloneMethods, clone: cloneImages };
}
