import { DEFAULTS } from '../schema/defaults.ts';
import { ENGINES } from '../schema/engines.ts';
import { RULES } from '../schema/rules.ts';
import { SNIPPETS } from '../schema/snippets.ts';
import { chartValues, effectiveValues } from './check/chart-values.ts';
import { FindingsError } from './check/finding.ts';
import { judge } from './check/judge.ts';
import { isOwnRelease, OWN_EDITION, type Edition } from './edition/edition.ts';
import type { ChartFile } from './files/chart-file.ts';
import { packageVersion } from './files/package-version.ts';
import type { Schema } from './model/json-schema.ts';
import { applyEdition } from './phases/apply-edition.ts';
import { buildModel } from './phases/build-model.ts';
import { checkDefaults } from './phases/check-defaults.ts';
import { checkOutputs } from './phases/check-outputs.ts';
import { checkUse } from './phases/check-use.ts';
import { describeEngines } from './phases/describe-engines.ts';
import { templateContext } from './phases/gather-context.ts';
import { markProvenance } from './phases/mark-provenance.ts';
import { modelSchema } from './phases/model-schema.ts';
import { normaliseSchema } from './phases/normalise-schema.ts';
import { readChanges } from './phases/read-changes.ts';
import { readKubernetesApi } from './phases/read-kubernetes-api.ts';
import { NO_LISTING, readListing } from './phases/read-listing.ts';
import { readTemplates } from './phases/read-templates.ts';
import { renderContract } from './phases/render-contract.ts';
import { renderEngines } from './phases/render-engines.ts';
import { renderOverrideSchema } from './phases/render-override-schema.ts';
import { renderReadmeTable } from './phases/render-readme-table.ts';
import { renderSchema } from './phases/render-schema.ts';
import { renderTemplates } from './phases/render-templates.ts';
import { renderValidate } from './phases/render-validate.ts';
import { renderValues } from './phases/render-values.ts';
import type { PlainValues } from './rules/evaluate-rules.ts';

/** The whole chart, from the model and the templates below the project's root. Writes nothing. */
export async function generateChart(root: string, edition: Edition = OWN_EDITION): Promise<readonly ChartFile[]> {
  const schema = normaliseSchema(describeEngines(await modelSchema(), ENGINES));
  checkDefaults(schema, RULES, { values: { ...DEFAULTS }, engines: ENGINES });
  const defaults = editionDefaults(schema, edition);
  const model = buildModel(schema, defaults);

  const kubernetes = readKubernetesApi();
  const { engineScript, templates } = await readTemplates(root);
  const version = edition.version ?? (await packageVersion(root));
  const changes = isOwnRelease(edition) ? await readChanges(root, version) : [];
  const listing = isOwnRelease(edition) ? await readListing(root) : NO_LISTING;
  const chart = { name: edition.name, version, changes, listing, valuesTable: renderReadmeTable(model) };
  const rendered = renderTemplates(templates, model, templateContext(chart, ENGINES, defaults));
  await checkUse(model, rendered.uses);

  const files = [
    renderSchema(schema),
    renderOverrideSchema({ model, rules: RULES, defaults: { values: defaults, engines: ENGINES }, snippets: SNIPPETS, kubernetes }),
    renderValues(model),
    renderValidate(RULES),
    renderContract(RULES, ENGINES),
    ...renderEngines(ENGINES, engineScript),
    ...rendered.files,
  ];
  return checkOutputs(applyEdition(edition, files)).map(markProvenance);
}

/** The chart's own defaults under those of the edition. Fails when what the edition says is refused. */
function editionDefaults(schema: Schema, { overrides, source }: Edition): PlainValues {
  const findings = judge(overrides, chartValues(schema, { ...DEFAULTS }));
  if (findings.length > 0) throw new FindingsError(source, findings);
  return effectiveValues({ ...DEFAULTS }, overrides);
}
