import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { HELMS, helm, manifests, template } from '../support/helm.ts';
import { mysqlSts, type Answer } from '../support/packed.ts';
import { CHART, ROOT } from '../support/tools.ts';

const test = suite('mysql-sts generate', { folder: '' });

const EXAMPLE = join(ROOT, 'examples/platform-edition/defaults.ts');

test.before.each((context) => {
  context.folder = mkdtempSync(join(tmpdir(), 'mysql-sts-'));
});
test.after.each(({ folder }) => {
  rmSync(folder, { recursive: true });
});

const generate = (folder: string, args: readonly string[]): Answer => mysqlSts(['generate', '--output', 'out', ...args], { cwd: folder });

test('without options the packed program writes the chart of the checkout', ({ folder }) => {
  assert.is(generate(folder, []).status, 0);
  const files = readdirSync(CHART, { recursive: true, encoding: 'utf8' }).sort();
  assert.equal(readdirSync(join(folder, 'out'), { recursive: true, encoding: 'utf8' }).sort(), files);
  for (const file of files.filter((path) => /\.\w+$/.test(path) && !path.endsWith('.d'))) {
    assert.ok(readFileSync(join(folder, 'out', file), 'utf8') === readFileSync(join(CHART, file), 'utf8'), file);
  }
});

test('the example edition lints, renders and keeps its word, with every Helm', ({ folder }) => {
  const answer = generate(folder, ['--defaults', EXAMPLE, '--name', 'platform-mysql', '--chart-version', '1.4.0']);
  assert.is(answer.status, 0, answer.stderr);
  const chart = join(folder, 'out');
  for (const version of HELMS) {
    const lint = helm(version, ['lint', '--strict', chart]);
    assert.is(lint.status, 0, `${lint.stdout}${lint.stderr}`);
    const { stdout } = template(version, { chart });
    assert.match(stdout, /image: harbor\.example\.com\/mysql\/library\/mysql:8\.4\.\d+\n/);
    assert.match(stdout, /helm\.sh\/chart: platform-mysql-1\.4\.0\n/);
    assert.ok(
      manifests(version, { chart }).some(({ kind, metadata }) => kind === 'StatefulSet' && metadata.name === 'demo-platform-mysql'),
    );
  }
  assert.not.match(readFileSync(join(chart, 'templates/statefulset.yaml'), 'utf8'), /include "mysql-sts\./);
  assert.match(readFileSync(join(chart, 'README.md'), 'utf8'), /`"50Gi"`/);
  assert.equal(readdirSync(join(chart, 'ci')), ['default-values.yaml']);
});

test('check, explain and verify measure by the edition', ({ folder }) => {
  const edition = ['--defaults', EXAMPLE, '--name', 'platform-mysql'];
  assert.is(generate(folder, edition).status, 0);
  const ask = (args: readonly string[], input = ''): Answer => mysqlSts(args, { cwd: folder, input });
  assert.is(ask(['check', '--chart', 'out', '-'], 'tls: {mode: generated}\n').status, 1);
  assert.match(ask(['explain', '--chart', 'out', 'storage.size']).stdout, /default {2}50Gi/);
  assert.is(ask(['verify', '--chart', 'out', ...edition]).status, 0);
  assert.is(ask(['verify', '--chart', 'out']).status, 1);
  const otherSpelling = ['--defaults', join('..', basename(folder), relative(folder, EXAMPLE)), '--name', 'platform-mysql'];
  assert.is(ask(['verify', '--chart', 'out', ...otherSpelling]).status, 0);
});

test('defaults in YAML work, and an edition is written over an earlier one', ({ folder }) => {
  writeFileSync(join(folder, 'defaults.yaml'), 'replicaCount: 1\nscheduling:\n  tolerations: null\n');
  const runs = [1, 2].map(() => generate(folder, ['--defaults', 'defaults.yaml']));
  for (const { status, stderr } of runs) assert.is(status, 0, stderr);
  const values: unknown = parse(readFileSync(join(folder, 'out/values.yaml'), 'utf8'));
  assert.match(JSON.stringify(values), /"replicaCount":1,/);
  assert.is(template('helm4', { chart: join(folder, 'out') }).status, 0);
});

test('what somebody else put into the folder is named, and stays', ({ folder }) => {
  assert.is(generate(folder, []).status, 0);
  mkdirSync(join(folder, 'out/.git'));
  for (const file of ['.git/HEAD', 'my-values.yaml']) writeFileSync(join(folder, 'out', file), 'mine\n');
  const { status, stderr } = generate(folder, []);
  assert.is(status, 2);
  assert.match(stderr, /^✖ out holds \.git\/HEAD and 1 more, which mysql-sts did not write .* \[FOLDER_IN_USE\]$/m);
  assert.is(readFileSync(join(folder, 'out/.git/HEAD'), 'utf8'), 'mine\n');
});

test('a copy of a generated file is a file of the person who made it', ({ folder }) => {
  assert.is(generate(folder, []).status, 0);
  for (const copy of ['values-prod.yaml', 'templates/service.yaml.orig']) {
    cpSync(join(folder, 'out/values.yaml'), join(folder, 'out', copy));
    const { status, stderr } = generate(folder, []);
    assert.is(status, 2);
    assert.match(stderr, new RegExp(`^✖ out holds ${copy}, which mysql-sts did not write`, 'm'));
    rmSync(join(folder, 'out', copy));
  }
});

/** Defaults that YAML writes in more than one line, or that Helm would take for something else without quotes. */
const AWKWARD = {
  auth: { username: 'on' },
  config: { primary: 'max_connections = 500\n\nwait_timeout = 60\n' },
  pod: { annotations: { 'sidecar.istio.io/inject': 'no', count: '1_000', octal: '0o17', clock: '12:30:45' } },
  scheduling: {
    nodeSelector: { ssd: 'yes' },
    tolerations: ['one', 'two'].map((key) => ({ key: `${key}.example.com/dedicated`, operator: 'Exists', effect: 'NoSchedule' })),
  },
};

test('values.yaml says to Helm and to us what the defaults say, whatever they are', ({ folder }) => {
  writeFileSync(join(folder, 'defaults.json'), JSON.stringify(AWKWARD));
  const answer = generate(folder, ['--defaults', 'defaults.json']);
  assert.is(answer.status, 0, answer.stderr);
  const chart = join(folder, 'out');
  for (const version of HELMS) {
    const { status, stdout, stderr } = template(version, { chart });
    assert.is(status, 0, stderr);
    for (const text of ['sidecar.istio.io/inject: "no"', 'ssd: "yes"', 'key: two.example.com/dedicated'])
      assert.ok(stdout.includes(text), text);
  }
  const { status, stdout } = mysqlSts(['explain', '--chart', 'out', '--json', 'config.primary'], { cwd: folder });
  assert.is(status, 0);
  assert.match(stdout, JSON.stringify(AWKWARD.config.primary));
  assert.is(mysqlSts(['images', '--chart', 'out'], { cwd: folder }).status, 0);
});

/** Defaults that the chart must not have, and what a person reads. */
const REFUSED: readonly (readonly [file: string, text: string, message: RegExp])[] = [
  ['defaults.yaml', 'storage:\n  size: much\n', /^defaults\.yaml:2:9: storage\.size: "much" has not the form/],
  ['defaults.yaml', 'tls: {mode: secret}\n', /^defaults\.yaml:1:13: tls\.secretName: /],
  ['defaults.yaml', 'a: 1\na: 2\n', /^defaults\.yaml:2:1: The key a appears twice/],
  ['defaults.ts', "export default { storage: { sise: '5Gi' } };\n", /^storage\.sise: storage has no value sise\./],
  ['defaults.mjs', 'export default { update: { partition: 9 } };\n', /^update\.partition: No pod has the ordinal 9/],
];

for (const [file, text, message] of REFUSED) {
  test(`${JSON.stringify(text)} in ${file} is refused with its path, and nothing is written`, ({ folder }) => {
    writeFileSync(join(folder, file), text);
    const { status, stdout, stderr } = generate(folder, ['--defaults', file]);
    assert.is(status, 1, stderr);
    assert.match(stdout, message);
    assert.match(stderr, `in ${file}`);
    assert.equal(readdirSync(folder), [file]);
  });
}

test.run();
