import type { Schema } from '../../generator/model/json-schema.ts';
import type { Model } from '../../generator/model/model.ts';
import { buildModel } from '../../generator/phases/build-model.ts';
import { compileSchema } from '../../generator/phases/compile-schema.ts';
import { describeEngines } from '../../generator/phases/describe-engines.ts';
import { normaliseSchema } from '../../generator/phases/normalise-schema.ts';
import { DEFAULTS } from '../../schema/defaults.ts';
import { ENGINES } from '../../schema/engines.ts';

let model: Model | undefined;

/** The project's own model. Compiled once for all tests of a process, since that takes a second. */
export function projectModel(): Model {
  model ??= buildModel(projectSchema(), DEFAULTS);
  return model;
}

function projectSchema(): Schema {
  return normaliseSchema(describeEngines(compileSchema(), ENGINES));
}
