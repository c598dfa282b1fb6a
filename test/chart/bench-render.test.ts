import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { isObject } from '../../generator/model/json-schema.ts';
import { RIVALS } from '../bench/rivals.ts';
import { ROOT } from '../support/tools.ts';

const test = suite('make bench-render', { folder: '' });

test.before.each((context) => {
  context.folder = mkdtempSync(join(tmpdir(), 'mysql-sts-'));
});
test.after.each(({ folder }) => {
  rmSync(folder, { recursive: true });
});

/** A checkout with the smallest charts that Helm takes, at the places of the real ones. */
function checkout(folder: string, charts: readonly string[]): void {
  for (const chart of charts) {
    mkdirSync(join(folder, chart, 'templates'), { recursive: true });
    const name = chart.replaceAll('/', '-');
    writeFileSync(join(folder, chart, 'Chart.yaml'), `apiVersion: v2\nname: ${name}\nversion: 1.0.0\n`);
    writeFileSync(join(folder, chart, 'templates/a.yaml'), `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n`);
  }
}

function bench(args: readonly string[]): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
  const command = ['--import', 'tsx', 'test/bench/render.ts', '--runs', '1', ...args];
  return spawnSync(process.execPath, command, { cwd: ROOT, encoding: 'utf8' });
}

test('every chart is rendered by both Helms and compared with the first', ({ folder }) => {
  const from = RIVALS.flatMap(({ repository, chart, libraries }) => {
    checkout(join(folder, repository), [chart, ...libraries]);
    return ['--from', `${repository}=${join(folder, repository)}`];
  });
  const { status, stdout, stderr } = bench(['--json', ...from]);
  assert.is(status, 0, stderr);
  const answer: unknown = JSON.parse(stdout);
  assert.ok(isObject(answer) && Array.isArray(answer['charts']));
  const charts = answer['charts'].filter(isObject);
  assert.is(charts.length, 2 + 2 * RIVALS.length);
  assert.equal(charts.slice(2).map((chart) => chart['objects']), [1, 1, 2, 2]);
  assert.match(JSON.stringify(charts[0]), /"helm3":\{"median":[\d.]+,.*"ratio":1\},"helm4":.*"ratio":1\}/);
});

test('a checkout without the chart is named', ({ folder }) => {
  const { status, stderr } = bench(['--from', `helmforgedev/charts=${folder}`]);
  assert.is(status, 1);
  assert.is(stderr, `${folder} has no chart charts/mysql. Name a checkout of helmforgedev/charts.\n`);
});

test.run();
