/** What other programs may import from this package. */
export { defineDefaults, type Defaults } from './edition/define-defaults.ts';
export type { CloneMethod } from '../schema/engines/engine.ts';
export type { EngineName } from '../schema/engines.ts';
export type { Values } from '../schema/values.ts';
