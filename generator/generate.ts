import { DEFAULTS } from '../schema/defaults.ts';
import { ENGINES } from '../schema/engines.ts';
import { RULES } from '../schema/rules.ts';
import type { ChartFile } from './chart-file.ts';
import { templateContext } from './context.ts';
import { packageVersion } from './package-version.ts';
import { buildModel } from './phases/build-model.ts';
import { checkDefaults } from './phases/check-defaults.ts';
import { checkOutputs } from './phases/check-outputs.ts';
import { checkUse } from './phases/check-use.ts';
import { compileSchema } from './phases/compile-schema.ts';
import { markProvenance } from './phases/mark-provenance.ts';
import { normaliseSchema } from './phases/normalise-schema.ts';
import { readTemplates } from './phases/read-templates.ts';
import { renderEngines } from './phases/render-engines.ts';
import { renderReadmeTable } from './phases/render-readme-table.ts';
import { renderSchema } from './phases/render-schema.ts';
import { renderTemplates } from './phases/render-templates.ts';
import { renderValidate } from './phases/render-validate.ts';
import { renderValues } from './phases/render-values.ts';

/** The whole chart, from the model and the templates below the project's root. Writes nothing. */
export async function generateChart(root: string): Promise<readonly ChartFile[]> {
  const schema = normaliseSchema(compileSchema());
  checkDefaults(schema, RULES, { values: { ...DEFAULTS }, engines: ENGINES });
  const model = buildModel(schema, DEFAULTS);

  const { engineScript, templates } = await readTemplates(root);
  const context = templateContext(await packageVersion(root), ENGINES, DEFAULTS, renderReadmeTable(model));
  const rendered = renderTemplates(templates, model, context);
  checkUse(model, rendered.uses);

  const files = [
    renderSchema(schema),
    renderValues(model),
    renderValidate(RULES),
    ...renderEngines(ENGINES, engineScript),
    ...rendered.files,
  ];
  return checkOutputs(files).map(markProvenance);
}
