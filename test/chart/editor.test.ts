import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parse, stringify } from 'yaml';
import { OVERRIDE_SCHEMA } from '../../generator/editor/editor-schema.ts';
import { isObject, typesOf } from '../../generator/model/json-schema.ts';
import { keyOf, leavesOf, type ModelNode, type Section } from '../../generator/model/model.ts';
import { buildModel } from '../../generator/phases/build-model.ts';
import { renderOverrideSchema } from '../../generator/phases/render-override-schema.ts';
import { DEFAULTS } from '../../schema/defaults.ts';
import { SNIPPETS } from '../../schema/snippets.ts';
import { CURSOR, startEditor, type Editor, type OpenFile } from '../support/editor.ts';
import { merge, valuesAt } from '../support/merge.ts';
import { projectModel } from '../support/model.ts';
import { overrideSources } from '../support/override-schema.ts';
import { CHART } from '../support/tools.ts';
import { readValues, valuesFiles } from '../support/values-files.ts';
import { mistakesIn } from '../support/verdict.ts';

const test = suite<{ editor: Editor; folder: string }>('values in an editor');

const MODELINE = `# yaml-language-server: $schema=${OVERRIDE_SCHEMA}\n`;

test.before(async (context) => {
  context.editor = await startEditor();
  context.folder = mkdtempSync(join(tmpdir(), 'mysql-sts-'));
});
test.after(async ({ editor, folder }) => {
  rmSync(folder, { recursive: true });
  await editor.close();
});

const labels = async (file: OpenFile): Promise<readonly string[]> =>
  (await file.completions()).map((item) => item.label);

function sectionsBelow(node: ModelNode): readonly Section[] {
  return node.kind === 'leaf' ? [] : [node, ...node.children.flatMap(sectionsBelow)];
}

function nodeAt(key: string): ModelNode {
  const node = projectModel().root.children.find((child) => keyOf(child) === key);
  if (node === undefined) throw new Error(`The model has no value ${key}.`);
  return node;
}

/** A file in which the cursor is on an empty line inside a section. */
function cursorIn(path: string): string {
  const keys = path.split('.');
  return [...keys.map((key, depth) => `${'  '.repeat(depth)}${key}:`), `${'  '.repeat(keys.length)}${CURSOR}`].join('\n');
}

test('the root and every section offer their keys, each with its description', async ({ editor }) => {
  for (const section of sectionsBelow(projectModel().root)) {
    const text = section.path === '' ? CURSOR : cursorIn(section.path);
    const offered = await (await editor.draft(`${MODELINE}${text}`)).completions();
    for (const child of section.children) {
      const item = offered.find(({ label }) => label === keyOf(child));
      assert.ok(item, `${section.path} does not offer ${keyOf(child)}`);
      assert.match(JSON.stringify(item.documentation), JSON.stringify(child.description).slice(1, 30));
    }
  }
});

test('the words of an enumeration are offered', async ({ editor }) => {
  const offered = await labels(await editor.draft(`${MODELINE}storage:\n  kind: ${CURSOR}\n`));
  assert.equal([...offered].sort(), ['dynamic', 'ephemeral', 'static']);
});

test("fields of Kubernetes' own objects are offered in depth", async ({ editor }) => {
  const text = cursorIn('scheduling.affinity.nodeAffinity');
  assert.ok((await labels(await editor.draft(`${MODELINE}${text}`))).includes('preferredDuringSchedulingIgnoredDuringExecution'));
});

test('snippets are offered and insert whole values', async ({ editor }) => {
  const offered = await (await editor.draft(`${MODELINE}storage:\n  ${CURSOR}\n`)).completions();
  const snippet = offered.find(({ label }) => label === 'Volumes over NFS');
  assert.match(JSON.stringify(snippet), 'kind: static');
  for (const { path, label } of SNIPPETS) {
    const text = path === '' ? CURSOR : cursorIn(path);
    assert.ok((await labels(await editor.draft(`${MODELINE}${text}`))).includes(label), `${label} is not offered at ${path}`);
  }
});

test('completing a key writes its default', async ({ editor }) => {
  const offered = await (await editor.draft(`${MODELINE}storage:\n  si${CURSOR}\n`)).completions();
  assert.is(offered.find(({ label }) => label === 'size')?.insertText, 'size: ${1:10Gi}');
});

/** What is only half of what a rule asks for; the alarm says what else to write. */
const HALVES = ['services.primary.nodePort', 'services.read.nodePort'];

test('whatever completion writes is good', async ({ editor }) => {
  const alarms: string[] = [];
  for (const { path } of sectionsBelow(projectModel().root)) {
    const text = path === '' ? CURSOR : cursorIn(path);
    for (const { label, insertText = '' } of await (await editor.draft(`${MODELINE}${text}`)).completions()) {
      const written: unknown = parse(insertText.replaceAll(/\$\{\d+:?([^}]*)\}|\$\d/g, '$1'));
      if (isUnfinished(written)) continue;
      const mistakes = mistakesIn(path === '' && isObject(written) ? written : valuesAt(path, written));
      if (mistakes.length > 0) alarms.push(`${path}.${label}: ${mistakes.join(' ')}`);
    }
  }
  assert.equal(alarms.filter((alarm) => !HALVES.some((half) => alarm.startsWith(half))), []);
});

test('hovering shows what a value is for, its default, and what it may be', async ({ editor }) => {
  const file = await editor.draft(`${MODELINE}storage:\n  kind: static\n  size: 5Gi\nreplicaCount: 1\n`);
  assert.match(await file.hover('size'), /Size of each pod's volume.*Default: `.*10Gi.*`.*Allowed: an amount of bytes/);
  assert.match(await file.hover('replicaCount'), /Pods in all.*Default: `3`.*Allowed: 1 to 99/);
  assert.match(await file.hover('kind'), /Where the volumes come from.*Default: `.*dynamic.*`.*ephemeral.*none; everything is forgotten/);
  assert.match(await file.hover('storage'), /Where the data directories live/);
});

test('a condition of a rule adds nothing to what hovering shows', async ({ editor }) => {
  const file = await editor.draft(`${MODELINE}tls:\n  mode: secret\n  secretName: a\nauth:\n  username: shop\n`);
  assert.not.match(await file.hover('username'), /Allowed Values/);
  assert.is((await file.hover('mode')).match(/Where the certificate authority/g)?.length, 1);
});

/** Whether a person has to type on, since something is left empty. */
function isUnfinished(value: unknown): boolean {
  return isObject(value) || Array.isArray(value) ? Object.values(value).some(isUnfinished) : value === null;
}

const PROBLEMS: readonly (readonly [name: string, text: string, problem: RegExp])[] = [
  ['a misspelt key', 'replicaCunt: 5\n', /^2:1 Property replicaCunt is not allowed\.$/],
  ['a misspelt key below', 'storage:\n  sise: 5Gi\n', /^3:3 Property sise is not allowed\.$/],
  ["a misspelt field of Kubernetes'", 'scheduling:\n  tolerations:\n    - kye: a\n', /^4:7 Property kye is not allowed\.$/],
  ['a word that the enumeration lacks', 'storage:\n  kind: nfs\n', /^3:9 Value is not accepted\. Valid values: .*"static"/],
  ['a wrong form', 'clone:\n  deadline: soon\n', /^3:13 Expected: a whole number and one of the units s, m, h and d/],
  ['a key of a wrong form', 'initdb:\n  scripts:\n    notes.txt: a\n', /^4:5 Expected as the keys of a map: a file name that ends in \.sql or \.sh/],
  ['a wrong type', 'config:\n  common: 7\n', /^3:11 Incorrect type\. Expected "string"\.$/],
  ['a number out of range', 'replicaCount: 0\n', /^2:15 Value is below the minimum of 1\.$/],
  ['a broken rule', 'tls:\n  mode: secret\n', /^3:3 The TLS mode secret needs a Secret .* Name it, or set tls\.mode to generated\.$/],
];

for (const [name, text, problem] of PROBLEMS) {
  test(`${name} is underlined`, async ({ editor }) => {
    const { problems } = await editor.draft(`${MODELINE}${text}`);
    assert.is(problems.length, 1, problems.join('\n'));
    assert.match(problems[0] ?? '', problem);
  });
}

test('a deprecated value is underlined, says what to use, and is not offered', async ({ editor, folder }) => {
  const port = { description: 'Port of old.', type: 'integer', deprecated: 'Use service.port.' } as const;
  const name = { description: 'Name of the thing.', type: 'string' } as const;
  const model = buildModel({ type: 'object', properties: { port, name }, additionalProperties: false }, { name: 'thing' });
  const schema = join(folder, 'schema.json');
  writeFileSync(schema, renderOverrideSchema({ ...overrideSources(), model, rules: [], snippets: [] }).text);
  const modeline = `# yaml-language-server: $schema=${pathToFileURL(schema).href}\n`;
  assert.equal((await editor.draft(`${modeline}port: 7\n`)).problems, ['2:1 Deprecated: Use service.port.']);
  const offered = await labels(await editor.draft(`${modeline}${CURSOR}`));
  assert.ok(offered.includes('name') && !offered.includes('port'), offered.join(' '));
});

test('three lines of a user raise no alarm', async ({ editor }) => {
  assert.equal((await editor.draft(`${MODELINE}engine: mariadb-11.8\nstorage:\n  size: 100Gi\n`)).problems, []);
});

test("the other editors' way to name a schema works, too", async ({ editor }) => {
  const { problems } = await editor.draft(`# $schema: ${OVERRIDE_SCHEMA}\nreplicaCunt: 5\n`);
  assert.equal(problems, ['2:1 Property replicaCunt is not allowed.']);
});

test('nulls that delete a default raise no alarm', async ({ editor }) => {
  const deletable = leavesOf(projectModel().root).filter((leaf) => typesOf(leaf.schema).includes('null'));
  assert.ok(deletable.length > 20);
  const values = deletable.map(({ path }) => valuesAt(path, null)).reduce(merge);
  assert.equal((await editor.draft(`${MODELINE}${stringify(values)}`)).problems, []);
});

test('the defaults raise no alarm, neither as overrides nor in values.yaml', async ({ editor }) => {
  assert.equal((await editor.draft(`${MODELINE}${stringify(DEFAULTS)}`)).problems, []);
  assert.equal((await editor.open(join(CHART, 'values.yaml'))).problems, []);
});

for (const file of valuesFiles()) {
  test(`${file.slice(file.lastIndexOf('/') + 1)} names the schema and raises no alarm`, async ({ editor }) => {
    const opened = await editor.open(file);
    assert.equal(opened.problems, []);
    assert.match(readFileSync(file, 'utf8'), /^# yaml-language-server: \$schema=/);
    const [key] = Object.keys(readValues(file));
    if (key !== undefined) assert.match(await opened.hover(`\n${key}`), nodeAt(key).description.slice(0, 20));
  });
}

test.run();
