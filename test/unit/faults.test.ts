/** The list of faults, as far as it can be judged without a cluster. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

const test = suite('faults');

/** The catalogue wants to know a cluster. This one does not answer, and nobody asks it. */
async function withoutCluster<T>(work: () => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'mysql-sts-'));
  const before = process.env['KUBECONFIG'];
  process.env['KUBECONFIG'] = join(folder, 'kubeconfig');
  const cluster = { name: 'none', cluster: { server: 'https://127.0.0.1:1' } };
  const context = { name: 'none', context: { cluster: 'none', user: 'nobody' } };
  const config = { clusters: [cluster], users: [{ name: 'nobody', user: {} }], contexts: [context], 'current-context': 'none' };
  writeFileSync(join(folder, 'kubeconfig'), JSON.stringify({ apiVersion: 'v1', kind: 'Config', ...config }));
  try {
    return await work();
  } finally {
    if (before === undefined) delete process.env['KUBECONFIG'];
    else process.env['KUBECONFIG'] = before;
    rmSync(folder, { recursive: true });
  }
}

const [{ FAULTS }, { BASELINE }, { concerns, SUBJECTS, isOfChart, MYSQL, TUTORIAL }, { digestFor, standingOf }] = await withoutCluster(() =>
  Promise.all([
    import('../faults/catalogue.ts'),
    import('../faults/catalogue/baseline.ts'),
    import('../faults/support/subjects.ts'),
    import('../faults/support/results.ts'),
  ]),
);

test('each fault has a name of its own', () => {
  assert.is(new Set(FAULTS.map(({ name }) => name)).size, FAULTS.length);
});

for (const subject of SUBJECTS.filter(isOfChart)) {
  test(`ten faults are the most telling ones for ${subject.title}`, () => {
    assert.is(FAULTS.filter((fault) => fault.telling === true && concerns(fault, subject)).length, 10);
  });
}

test('the faults that the project began with can all be made, for everybody', () => {
  for (const { what, fault: name } of BASELINE) {
    const fault = FAULTS.find((each) => each.name === name);
    assert.ok(fault !== undefined, what);
    for (const subject of SUBJECTS) assert.ok(concerns(fault, subject), `${what}: ${subject.title}`);
  }
});

test('only what is of the present tree and not failed need not be run again', () => {
  const [fault] = FAULTS;
  assert.ok(fault !== undefined);
  const digest = digestFor(fault, MYSQL);
  const result = {
    fault: fault.name,
    subject: MYSQL.name,
    held: true,
    recovery: 1,
    detail: '',
    date: '2026-01-02T03:04',
    commit: 'abc',
    digest,
  };
  assert.is(standingOf(undefined, digest, MYSQL), 'unknown');
  assert.is(standingOf(result, digest, MYSQL), 'current');
  assert.is(standingOf(result, 'another', MYSQL), 'of another tree');
  assert.is(standingOf({ ...result, held: false }, digest, MYSQL), 'failed');
  assert.is(standingOf({ ...result, held: false }, digest, TUTORIAL), 'current');
  assert.is.not(digestFor(fault, TUTORIAL), digest);
});

test.run();
