import { spawnSync } from 'node:child_process';
import { delimiter, dirname, join, relative } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { HELMS, helm } from '../support/helm.ts';
import { CHART, ROOT, tool } from '../support/tools.ts';
import { valuesFiles } from '../support/values-files.ts';

const test = suite('lint');

for (const version of HELMS) {
  test(`${version} lint finds nothing`, () => {
    const { status, stdout, stderr } = helm(version, ['lint', '--strict', CHART]);
    assert.is(status, 0, `${stdout}${stderr}`);
  });

  for (const file of valuesFiles().filter((path) => !path.startsWith(CHART))) {
    test(`${version} lint finds nothing with ${relative(ROOT, file)}`, () => {
      const { status, stdout, stderr } = helm(version, ['lint', '--strict', CHART, '--values', file]);
      assert.is(status, 0, `${stdout}${stderr}`);
    });
  }
}

test('ct lint finds nothing', () => {
  const rules = tool('etc');
  const args = ['--lint-conf', join(rules, 'lintconf.yaml'), '--chart-yaml-schema', join(rules, 'chart_schema.yaml')];
  // ct calls helm, yamllint and yamale by name.
  const PATH = [...new Set(['helm', 'yamllint', 'yamale'].map((name) => dirname(tool(name))))].join(delimiter);
  const env = { ...process.env, PATH: `${PATH}${delimiter}${process.env['PATH'] ?? ''}` };
  const { status, stdout, stderr } = spawnSync(tool('ct'), ['lint', ...args], { cwd: ROOT, env, encoding: 'utf8' });
  assert.is(status, 0, `${stdout}${stderr}`);
  assert.match(stdout, /All charts linted successfully/);
});

test.run();
