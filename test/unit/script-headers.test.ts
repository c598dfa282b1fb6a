/** What each script of the pod says that it needs is what it needs, and each keeps to what its folder may do. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { listFiles } from '../../generator/files/list-files.ts';
import { isObject } from '../../generator/model/json-schema.ts';
import {
  circles,
  endsElsewhere,
  impureDecisions,
  knownScripts,
  lostRefusals,
  sharedNames,
  unevenFamilies,
  variablesOf,
  wrongHeaders,
  wrongLoads,
  type KnownScripts,
} from '../support/script-checks.ts';
import { ROOT } from '../support/tools.ts';

const FOLDER = join(ROOT, 'generator/templates/files');
const TEMPLATES = join(ROOT, 'generator/templates/templates');
const files = (await listFiles(FOLDER)).filter((file) => /\.sh(\.hbs)?$/.test(file));
const texts = await Promise.all(
  files.map(async (file): Promise<[string, string]> => [file.replace(/\.sh(\.hbs)?$/, ''), await readFile(join(FOLDER, file), 'utf8')]),
);
const scripts = knownScripts(new Map(texts));

/** What the agent's present files do and no others may. Each goes with the file that it is about. */
const EXCEPTED = {
  circles: [],
  ends: [],
} as const;

/** The programs of each container whose variables are listed in _environment.tpl. */
const PROGRAMS = {
  'init-mysql': ['run/init-mysql'],
  'clone-mysql': ['run/clone-mysql'],
  mysql: ['run/start-mysql', 'run/stop-mysql', 'run/probe'],
  agent: ['run/agent'],
  keeper: ['run/keeper'],
  'copy-backup': ['run/copy-backup'],
  backup: ['run/backup'],
  'verify-backup': ['run/verify-backup'],
} as const;

/** The programs of containers that have their variables beside them. */
const APART = { '_storage.tpl.hbs': 'run/fix-ownership', 'tests/replication.yaml.hbs': 'run/helm-test' } as const;

const KUBELET = 'KUBERNETES_SERVICE_';

/** What _storage.tpl's other part has, for init-mysql. */
const PLACES = /^VOLUME_(FOLDER|FIRST_INDEX|HOST)$/;

const test = suite('headers of scripts');

test('a script loads the files whose functions it calls and whose globals it reads', () => {
  assert.equal(wrongLoads(scripts), []);
});

test('no script needs itself by way of others', () => {
  assert.equal(circles(scripts), EXCEPTED.circles);
});

test('each global and each function that others load has one owner', () => {
  assert.equal(sharedNames(scripts), []);
});

test('a header says what its script reads, gives, writes and how it ends', () => {
  assert.equal(wrongHeaders(scripts), []);
});

test('only programs exit, trap, and stop at failures', () => {
  assert.equal(endsElsewhere(scripts), EXCEPTED.ends);
});

test('no refusal is lost in a condition', () => {
  assert.equal(lostRefusals(scripts), []);
});

test('decisions have no effects', () => {
  assert.equal(impureDecisions(scripts), []);
});

test('both families have the same functions', () => {
  assert.equal(unevenFamilies(scripts), []);
});

test('every container has the variables that its scripts read, and no others', async () => {
  const template = await readFile(join(TEMPLATES, '_environment.tpl.hbs'), 'utf8');
  const [, list = ''] = /define "mysql-sts\.variablesRead" -\}\}\n([^]*?)\{\{- end \}\}/.exec(template) ?? [];
  const said: unknown = parse(list);
  assert.ok(isObject(said));
  const read = Object.entries(PROGRAMS).map(([container, programs]) => [
    container,
    variablesOf(scripts, programs).filter((name) => !name.startsWith(KUBELET)),
  ]);
  assert.equal(said, Object.fromEntries(read));
  for (const [file, program] of Object.entries(APART)) {
    const names = [...(await readFile(join(TEMPLATES, file), 'utf8')).matchAll(/- name: ([A-Z_]+)$/gm)].map(([, name = '']) => name);
    const own = new Set(names.filter((name) => !PLACES.test(name)));
    assert.equal([...own].sort(), variablesOf(scripts, [program]), program);
  }
});

/** Two scripts that keep all rules: a file of functions, and a program that calls one. */
const GOOD = {
  'lib/a':
    '#!/usr/bin/env bash\n# Sums.\n#\n# reads:   FACTOR\n# gives:   LAST\n# writes:  $RUN/sum\n# exits:   never\n\nsum() {\n  LAST=$(($1 * FACTOR))\n  printf "%s" "$LAST" > "$RUN/sum"\n}\n',
  'run/b': '#!/usr/bin/env bash\n# Adds.\n#\n# reads:   RUN\n# exits:   0\nset -e\nload lib/a\n\nmain() { sum 1; }\n\nmain\n',
} as const;

function planted(changes: Readonly<Record<string, string>>): KnownScripts {
  return knownScripts(new Map(Object.entries({ ...GOOD, ...changes })));
}

test('the checks see nothing where nothing is wrong', () => {
  const good = planted({
    'lib/a': GOOD['lib/a'].replace('FACTOR\n', 'FACTOR RUN\n'),
    'run/b': GOOD['run/b'].replace('# reads:   RUN\n', ''),
  });
  for (const check of [wrongLoads, circles, sharedNames, wrongHeaders, endsElsewhere, lostRefusals, impureDecisions])
    assert.equal(check(good), [], check.name);
  assert.equal(variablesOf(good, ['run/b']), ['FACTOR', 'RUN']);
});

const a = GOOD['lib/a'];
const b = GOOD['run/b'];
const decide = '#!/usr/bin/env bash\n# Decides.\n#\n# exits:   never\n\n';

/** What is planted, by which check, and what that says first. */
const PLANTED: readonly (readonly [
  name: string,
  check: (all: KnownScripts) => readonly string[],
  changes: Readonly<Record<string, string>>,
  says: RegExp,
])[] = [
  ['a load that is missing', wrongLoads, { 'run/b': b.replace('load lib/a\n', '') }, /^run\/b must say: load lib\/a$/],
  ['a load too many', wrongLoads, { 'lib/a': a.replace('never\n', 'never\nload lib/c\n'), 'lib/c': decide }, /^lib\/a must say: load $/],
  [
    'a call by way of another function',
    wrongLoads,
    { 'run/b': b.replace('load lib/a\n', '').replace('sum 1', 'wait_until 5 sum') },
    /^run\/b must say/,
  ],
  [
    'a call in a here-document',
    wrongLoads,
    { 'run/b': b.replace('load lib/a\n', '').replace('{ sum 1; }', '{\n  cat << X\n$(sum 1)\nX\n}') },
    /^run\/b must/,
  ],
  ['a circle', circles, { 'lib/a': `${a}more() { twice; }\n`, 'lib/c': `${decide}twice() { sum 1; }\n` }, /^lib\/a > lib\/c$/],
  ['a global with two owners', sharedNames, { 'lib/c': `${decide}LAST=0\n` }, /^LAST: lib\/a, lib\/c$/],
  ['a function with two owners', sharedNames, { 'lib/c': `${decide}sum() { :; }\n` }, /^sum: lib\/a, lib\/c$/],
  ['a variable that is not in the header', wrongHeaders, { 'lib/a': a.replace('# reads:   FACTOR\n', '') }, /^lib\/a: reads lacks FACTOR$/],
  [
    'a global that is not in the header',
    wrongHeaders,
    { 'lib/a': a.replace('# gives:   LAST\n', '') },
    /^lib\/a: reads lacks RUN$|^lib\/a: gives lacks LAST$/,
  ],
  [
    'a file that is not in the header',
    wrongHeaders,
    { 'lib/a': a.replace('# writes:  $RUN/sum\n', '').replace('FACTOR\n', 'FACTOR RUN\n') },
    /names \$RUN\/sum$/,
  ],
  [
    'no word on how it ends',
    wrongHeaders,
    { 'lib/a': a.replace('# exits:   never\n', '').replace('FACTOR\n', 'FACTOR RUN\n') },
    /exits must be never$/,
  ],
  ['an exit in a function', endsElsewhere, { 'lib/a': a.replace('LAST=', 'exit 1\n  LAST=') }, /^lib\/a: exit$/],
  ['an exit in a subshell', endsElsewhere, { 'lib/a': a.replace('LAST=', '(exit 1) || true\n  LAST=') }, /^lib\/a: exit$/],
  ['a trap', endsElsewhere, { 'lib/a': a.replace('LAST=', "trap 'exit 1' TERM\n  LAST=") }, /^lib\/a: trap$/],
  ['set -e', endsElsewhere, { 'lib/a': a.replace('sum() {', 'set -Eeuo pipefail\nsum() {') }, /^lib\/a: set -e$/],
  [
    'a refusal in a condition',
    lostRefusals,
    { 'run/b': b.replace('{ sum 1; }', '{ if sum 1; then :; fi; }'), 'lib/a': a.replace('LAST=', 'refuse "No."\n  LAST=') },
    /^run\/b: sum$/,
  ],
  ['a refusal behind !', lostRefusals, { 'lib/a': a.replace('LAST=', 'while ! refuse "No."; do :; done\n  LAST=') }, /^lib\/a: refuse$/],
  ['a refusal before ||', lostRefusals, { 'lib/a': a.replace('LAST=', 'refuse "No." || true\n  LAST=') }, /^lib\/a: refuse$/],
  [
    'a refusal in a function that waits',
    lostRefusals,
    { 'lib/a': a.replace('LAST=', 'refuse "No." || return\n  LAST='), 'run/b': b.replace('{ sum 1; }', '{ wait_until 5 sum; }') },
    /^run\/b: sum$/,
  ],
  ['a program in a decision', impureDecisions, { 'decide/c': `${decide}choose() { date; }\n` }, /^decide\/c: calls date$/],
  ['a substitution in a decision', impureDecisions, { 'decide/c': `${decide}choose() { local x=$(:); }\n` }, /^decide\/c: \$\(:\)$/],
  ['backquotes in a decision', impureDecisions, { 'decide/c': `${decide}choose() { local x=\`:\`; }\n` }, /^decide\/c: `:`$/],
  ['a redirection in a decision', impureDecisions, { 'decide/c': `${decide}choose() { : > file; }\n` }, /^decide\/c: > file$/],
  [
    'a function of one family',
    unevenFamilies,
    { 'engine/family-x': `${decide}one() { :; }\n`, 'engine/family-y': decide },
    /^engine\/family-y lacks one$/,
  ],
];

for (const [name, check, changes, says] of PLANTED) {
  test(`refused: ${name}`, () => {
    const [first = 'nothing'] = check(planted(changes));
    assert.match(first, says);
  });
}

test.run();
