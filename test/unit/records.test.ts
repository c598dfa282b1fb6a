/** What runs have found, kept in files: that nothing is lost, and that what is no longer of the present tree can be told. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { digestOf, modulesOf } from '../support/digest.ts';
import { hasFields, PROVENANCE_FIELDS, Records, type Provenance } from '../support/records.ts';

interface Entry extends Provenance {
  readonly name: string;
}

const test = suite('records', { folder: '' });

test.before((context) => {
  context.folder = mkdtempSync(join(tmpdir(), 'mysql-sts-'));
});
test.after(({ folder }) => {
  rmSync(folder, { recursive: true });
});

const entry = (name: string, digest: string): Entry => ({ name, digest, date: '2026-01-02T03:04', commit: 'abc' });

function recordsIn(file: string): Records<Entry> {
  return new Records(file, {
    is: (value): value is Entry => hasFields(value, { name: 'string', ...PROVENANCE_FIELDS }),
    nameOf: ({ name }) => name,
  });
}

test('an entry replaces the one of its name, and the order is that of names', ({ folder }) => {
  const file = join(folder, 'new', 'results.json');
  assert.equal(recordsIn(file).read(), []);
  for (const [name, digest] of [
    ['b', '1'],
    ['a', '1'],
    ['b', '2'],
  ] as const)
    recordsIn(file).enter(entry(name, digest));
  assert.equal(recordsIn(file).read(), [entry('a', '1'), entry('b', '2')]);
  assert.not(existsSync(`${file}.part`));
});

test('a file with something else in it is refused, not overwritten', ({ folder }) => {
  const file = join(folder, 'other.json');
  writeFileSync(file, '[{"name": "a"}]');
  assert.throws(() => {
    recordsIn(file).enter(entry('b', '1'));
  }, /other\.json holds something else than what the runs write\. Restore it from git, or remove it/);
  assert.is(readFileSync(file, 'utf8'), '[{"name": "a"}]');
});

const TRIALS = { chart: 'test/faults/support/chart-trial.ts', tutorial: 'test/faults/support/tutorial-trial.ts' } as const;
/** What keeps, chooses and shows results decides none. */
const NEVER = [
  'test/faults/support/results.ts',
  'test/faults/page.ts',
  'test/faults/main.ts',
  'test/faults/catalogue.ts',
  'test/support/records.ts',
];

for (const [who, module] of Object.entries(TRIALS)) {
  test(`what decides the results of the ${who} is found by its imports`, () => {
    const modules = modulesOf({ modules: [module, 'test/faults/catalogue/data.ts'], apart: [] });
    for (const part of ['test/faults/support/course.ts', 'test/e2e/support/writer.ts', 'test/faults/catalogue/data.ts'])
      assert.ok(modules.includes(part), part);
    for (const part of NEVER) assert.not(modules.includes(part), part);
    assert.is(modules.includes('test/faults/support/chart-site.ts'), who === 'chart');
    assert.is(modules.includes('test/tutorial/tutorial.ts'), who === 'tutorial');
    assert.not(modules.includes('test/faults/catalogue/clone.ts'), 'faults of another module');
  });
}

test('a digest changes with files, with words and with modules, and with nothing else', () => {
  const inputs = { modules: ['test/unit/records.test.ts'], apart: ['test/support/digest.ts'], files: ['ct.yaml'], words: ['image'] };
  const first = digestOf(inputs);
  assert.is(digestOf({ ...inputs }), first);
  assert.is.not(digestOf({ ...inputs, files: ['ct.yaml', 'LICENSE'] }), first);
  assert.is.not(digestOf({ ...inputs, words: ['other image'] }), first);
  assert.is.not(digestOf({ ...inputs, apart: [] }), first);
});

test.run();
