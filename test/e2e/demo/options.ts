/** What is to be demonstrated. */

import { ENGINES, type CloneMethod, type ListedEngine } from '../../../schema/engines.ts';
import type { Overrides } from '../support/release.ts';
import { STAND_IN_NOTE, STAND_IN_SETTING } from '../support/stand-in.ts';
import { WITH_METRICS } from './metrics.ts';

/** An engine and a way to clone it. */
export interface DemoOptions {
  readonly engine: ListedEngine;
  readonly method: CloneMethod;
  /** What differs from the chart's defaults; empty for the default engine. */
  readonly values: Overrides;
  /** Whether a Prometheus comes along. */
  readonly metrics: boolean;
  /** What a reader must know of parts that are not the real ones. */
  readonly note: string | undefined;
}

const DEFAULT_ENGINE = 'mysql-9.7';

/** Reads the variables ENGINE, METHOD and METRICS, which `make` passes on; empty ones stand for the defaults. */
export function demoOptions(environment: NodeJS.ProcessEnv): DemoOptions {
  const engineName = environment['ENGINE'] ?? '';
  const methodName = environment['METHOD'] ?? '';
  const engine = ENGINES.find(({ name }) => name === (engineName || DEFAULT_ENGINE));
  if (engine === undefined) {
    throw new Error(`There is no engine ${engineName}. Set ENGINE to one of ${ENGINES.map(({ name }) => name).join(', ')}.`);
  }
  const method = engine.cloneMethods.find((name) => name === (methodName || engine.cloneMethods[0]));
  if (method === undefined) {
    throw new Error(`${engine.name} cannot be cloned by ${methodName}. Set METHOD to one of ${engine.cloneMethods.join(', ')}.`);
  }
  const metrics = (environment['METRICS'] ?? '') !== '';
  const values = { ...valuesFor(engine, method), ...(metrics ? WITH_METRICS : {}) };
  return { engine, method, values, metrics, note: method === 'xtrabackup' ? STAND_IN_NOTE : undefined };
}

function valuesFor(engine: ListedEngine, method: CloneMethod): Overrides {
  return {
    ...(engine.name === DEFAULT_ENGINE ? {} : { engine: engine.name }),
    ...(method === engine.cloneMethods[0] ? {} : { clone: { method } }),
    ...(method === 'xtrabackup' ? { config: { common: STAND_IN_SETTING } } : {}),
  };
}
