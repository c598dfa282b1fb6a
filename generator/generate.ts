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
import { renderAlerts } from './phases/render-alerts.ts';
import { renderContract } from './phases/render-contract.ts';
import { renderDashboard } from './phases/render-dashboard.ts';
import { renderEngines } from './phases/render-engines.ts';
import { renderOverrideSchema } from './phases/render-override-schema.ts';
import { renderReadmeTable } from './phases/render-readme-table.ts';
import { renderSchema } from './phases/render-schema.ts';
import { renderTemplates } from './phases/render-templates.ts';
import { renderValidate } from './phases/render-validate.ts';
import { renderValues } from './phases/render-values.ts';
import type { PlainValues } from './rules/evaluate-rules.ts';

/** Sees what each phase has made, and passes it on. Whoever wants to watch a generation gives one. */
export type Made = <T>(phase: string, result: T) => T;

const UNWATCHED: Made = (_, result) => result;

/** The whole chart, from the model and the templates below the project's root. Writes nothing. */
export async function generateChart(root: string, edition: Edition = OWN_EDITION, made = UNWATCHED): Promise<readonly ChartFile[]> {
  const compiled = made('compile-schema', await modelSchema());
  const described = made('describe-engines', describeEngines(compiled, ENGINES));
  const schema = made('normalise-schema', normaliseSchema(described));
  checkDefaults(schema, RULES, { values: { ...DEFAULTS }, engines: ENGINES });
  const defaults = made('check-defaults', editionDefaults(schema, edition));
  const model = made('build-model', buildModel(schema, defaults));

  const kubernetes = made('read-kubernetes-api', readKubernetesApi());
  const { engineScript, templates } = made('read-templates', await readTemplates(root));
  const version = edition.version ?? (await packageVersion(root));
  const changes = isOwnRelease(edition) ? await readChanges(root, version) : [];
  const listing = isOwnRelease(edition) ? await readListing(root) : NO_LISTING;
  const valuesTable = made('render-readme-table', renderReadmeTable(model));
  const context = templateContext({ name: edition.name, version, changes, listing, valuesTable }, ENGINES, defaults);
  const { files, uses } = renderTemplates(templates, model, context);
  await checkUse(model, uses);

  const subject = { values: defaults, engines: ENGINES };
  const all = [
    ...made('render-templates', files),
    made('render-schema', renderSchema(schema)),
    made('render-override-schema', renderOverrideSchema({ model, rules: RULES, defaults: subject, snippets: SNIPPETS, kubernetes })),
    made('render-values', renderValues(model)),
    made('render-validate', renderValidate(RULES)),
    made('render-contract', renderContract(RULES, ENGINES)),
    made('render-alerts', renderAlerts()),
    made('render-dashboard', renderDashboard()),
    ...made('render-engines', renderEngines(ENGINES, engineScript)),
  ];
  return checkOutputs(made('apply-edition', applyEdition(edition, all))).map(markProvenance);
}

/** The chart's own defaults under those of the edition. Fails when what the edition says is refused. */
function editionDefaults(schema: Schema, { overrides, source }: Edition): PlainValues {
  const findings = judge(overrides, chartValues(schema, { ...DEFAULTS }));
  if (findings.length > 0) throw new FindingsError(source, findings);
  return effectiveValues({ ...DEFAULTS }, overrides);
}
