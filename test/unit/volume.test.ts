/** The names that the chart keeps on a pod's volume: the list, the scripts and the rule about storage.adoptFolder agree. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { listFiles } from '../../generator/files/list-files.ts';
import { brokenRules } from '../../generator/rules/evaluate-rules.ts';
import { DEFAULTS } from '../../schema/defaults.ts';
import { ENGINES } from '../../schema/engines.ts';
import { RULES } from '../../schema/rules.ts';
import { VOLUME_NAMES } from '../../schema/volume.ts';
import { merge } from '../support/merge.ts';
import { ROOT } from '../support/tools.ts';

const test = suite('names on the volume');

const SCRIPTS = join(ROOT, 'generator/templates/files');

async function scripts(): Promise<readonly string[]> {
  const paths = (await listFiles(SCRIPTS)).filter((path) => /\.sh(\.hbs)?$/.test(path));
  return Promise.all(paths.map((path) => readFile(join(SCRIPTS, path), 'utf8')));
}

/** What stands directly below $VOLUME in scripts: written out, or a constant with a suffix. */
function namesIn(texts: readonly string[]): readonly string[] {
  const all = texts.join('\n');
  const constants = [...all.matchAll(/\b([A-Z_]+)=["']?\$\{?VOLUME\}?\/([\w.-]+)/g)];
  const suffixed = constants.flatMap(([, constant = '', name = '']) =>
    [...all.matchAll(new RegExp(`\\$\\{?${constant}\\}?(\\.[\\w.-]*\\w)`, 'g'))].map(([, suffix = '']) => `${name}${suffix}`),
  );
  const written = [...all.matchAll(/\$\{?VOLUME\}?\/([\w.-]+)/g)].map(([, name = '']) => name);
  return [...new Set([...written, ...suffixed])].sort();
}

/** What Helm would say about the values of a release that takes over the data in a folder. */
function refusals(adoptFolder: string): readonly string[] {
  const values = merge({ ...DEFAULTS }, { engine: 'mysql-5.7', storage: { adoptFolder } });
  return brokenRules(RULES, { values, engines: ENGINES });
}

test('names are found in folders of scripts, behind constants and with suffixes', () => {
  const found = namesIn(['declare -rx REQUEST=$VOLUME/request', 'mv "${REQUEST}.new" "$REQUEST"', 'rm -rf "$VOLUME/old" "$VOLUME/$GIVEN"']);
  assert.equal(found, ['old', 'request', 'request.new']);
});

test('the list has what the scripts name, and nothing else', async () => {
  assert.equal(VOLUME_NAMES.map(({ name }) => name).toSorted(), namesIn(await scripts()));
});

test('a volume that has more than the list would be noticed', async () => {
  const found = namesIn([...(await scripts()), 'rm -rf "$VOLUME/leftover"']);
  assert.ok(found.includes('leftover'));
});

for (const { name } of VOLUME_NAMES) {
  test(`data cannot be taken over from the folder ${name}`, () => {
    assert.is(refusals(`${name}/data`).length, 1);
    assert.equal(refusals(name), [
      `storage.adoptFolder: The chart keeps something of its own under this name on the volume. ` +
        'Give the folder with the old data directory another name.',
    ]);
  });
}

test('data can be taken over from folders that the chart does not use', () => {
  for (const name of ['mysql', 'data', 'instances', '.', 'mysql/data', 'data/staging']) assert.equal(refusals(name), [], name);
});

test.run();
