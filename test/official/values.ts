import { DEFAULTS } from '../../schema/defaults.ts';
import { demoOptions } from '../e2e/demo/options.ts';
import type { Values } from '../../schema/values.ts';

/** The values that choose ENGINE and METHOD, which `make` passes on; empty ones stand for the defaults. */
export function officialValues(environment: NodeJS.ProcessEnv): Pick<Values, 'engine' | 'clone'> {
  const { engine, method } = demoOptions(environment);
  return { engine: engine.name, clone: { ...DEFAULTS.clone, method } };
}
