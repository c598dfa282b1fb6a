/** What each phase makes of a small model: what comes in is what the phase before gave. */
import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { all, is, isEmpty, isLess, say, value } from '../../schema/conditions.ts';
import { ENGINES } from '../../schema/engines.ts';
import type { Rule } from '../../schema/rule.ts';
import { buildModel } from '../../generator/phases/build-model.ts';
import { compileSchema } from '../../generator/phases/compile-schema.ts';
import { describeEngines } from '../../generator/phases/describe-engines.ts';
import { markProvenance } from '../../generator/phases/mark-provenance.ts';
import { normaliseSchema } from '../../generator/phases/normalise-schema.ts';
import { readKubernetesApi } from '../../generator/phases/read-kubernetes-api.ts';
import { renderContract } from '../../generator/phases/render-contract.ts';
import { renderEngines } from '../../generator/phases/render-engines.ts';
import { renderOverrideSchema } from '../../generator/phases/render-override-schema.ts';
import { renderReadmeTable } from '../../generator/phases/render-readme-table.ts';
import { renderSchema } from '../../generator/phases/render-schema.ts';
import { renderTemplates } from '../../generator/phases/render-templates.ts';
import { renderValidate } from '../../generator/phases/render-validate.ts';
import { renderValues } from '../../generator/phases/render-values.ts';
import { assertGolden } from '../support/golden.ts';

const test = suite('phases');

const MODEL_FILE = fileURLToPath(new URL('fixtures/phases/values.ts', import.meta.url));
const GOLDEN = fileURLToPath(new URL('golden/phases/', import.meta.url));

const DEFAULTS = {
  owner: 'ada',
  box: { material: 'wood', labels: { colour: 'red' }, depth: 3 },
  doors: ['front', 'back'],
  contacts: [],
  place: {},
};

/** Two rules about values of the chart's own model, since their paths are typed. */
const RULES: readonly Rule[] = [
  {
    id: 'expressible',
    paths: ['tls.secretName', 'tls.mode'],
    brokenWhen: all(is('tls.mode', 'secret'), isEmpty('tls.secretName')),
    sentence: say`The mode ${value('tls.mode')} needs a name.`,
    cure: say`Give it one.`,
  },
  {
    id: 'comparing',
    paths: ['replicaCount'],
    brokenWhen: isLess('replicaCount', 'update.partition'),
    sentence: say`There are ${value('replicaCount')} pods.`,
    cure: say`Take more.`,
  },
];

const TEMPLATE = `owner: <% value "owner" %>
{{- with <% ref "box.labels" %> }}
labels:
  {{- toYaml . | nindent 2 }}
{{- end }}
height: <% text "box.height" %>
`;

const json = (content: unknown): string => `${JSON.stringify(content, undefined, 2)}\n`;

const compiled = compileSchema(MODEL_FILE);
const normalised = normaliseSchema(compiled);
const model = buildModel(normalised, DEFAULTS);
const defaults = { values: { ...DEFAULTS, tls: { mode: 'generated', secretName: '' } }, engines: ENGINES };

function rendered(): string {
  const template = { file: 'thing.yaml.hbs', path: 'templates/thing.yaml', text: TEMPLATE, isLiteral: false };
  return renderTemplates([template], model, {})
    .files.map((file) => markProvenance(file).text)
    .join('');
}

function engines(): string {
  const script = { file: 'engine.sh.hbs', path: 'files/engine.sh', text: 'NAME=<% name %>\n', isLiteral: false };
  return renderEngines(ENGINES.slice(0, 1), script)
    .map((file) => `== ${file.path}\n${file.text}`)
    .join('');
}

function override(): string {
  const snippet = { path: '', label: 'A paper box', description: 'For a day', body: { box: { material: 'paper' } } } as const;
  return renderOverrideSchema({ model, rules: RULES, defaults, snippets: [snippet], kubernetes: readKubernetesApi() }).text;
}

const PHASES: readonly (readonly [file: string, work: () => string])[] = [
  ['01-compile-schema.json', () => json(compileSchema(MODEL_FILE))],
  ['02-describe-engines.json', () => json(describeEngines({ definitions: { EngineName: { type: 'string' } } }, ENGINES.slice(0, 2)))],
  ['03-normalise-schema.json', () => json(normaliseSchema(compiled))],
  ['04-build-model.json', () => json(buildModel(normalised, DEFAULTS).root)],
  ['05-render-schema.json', () => renderSchema(normalised).text],
  ['06-render-override-schema.json', override],
  ['07-render-values.yaml', () => renderValues(model).text],
  ['08-render-readme-table.md', () => renderReadmeTable(model)],
  ['09-render-validate.tpl', () => renderValidate(RULES).text],
  ['10-render-engines.txt', engines],
  ['11-render-templates.yaml', rendered],
  ['12-render-contract.json', () => renderContract(RULES, ENGINES.slice(0, 1)).text],
];

for (const [file, work] of PHASES) {
  test(file, () => {
    const text = work();
    assert.is(work(), text, 'the second time gives something else');
    assertGolden(`${GOLDEN}${file}`, text);
  });
}

test.run();
