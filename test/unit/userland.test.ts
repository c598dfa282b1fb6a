/** The lint about old userlands refuses each fixture and passes what to write instead, which bash then runs. */
import { spawnSync } from 'node:child_process';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ENGINES } from '../../schema/engines.ts';
import { isOlder, oldest, ORACLE_LINUX_7, userlandMismatch } from '../../schema/engines/userland.ts';
import { findLacks, LACKS, needless } from '../lint/userland/check.ts';
import { BASH } from '../support/bash.ts';

const test = suite('old userlands');

const OLDEST = { bash: '4.2', coreutils: '8.22' } as const;

for (const lack of LACKS) {
  test(`${lack.name} is refused, and what to write instead is not`, () => {
    for (const script of lack.refused) {
      assert.ok(
        findLacks('a', script, OLDEST).some((found) => found.lack === lack),
        script,
      );
    }
    assert.equal(findLacks('a', lack.accepted, OLDEST), []);
  });
  test(`${lack.name} is allowed once every image has it`, () => {
    const found = lack.refused.flatMap((script) => findLacks('a', script, { ...OLDEST, [lack.package]: lack.since }));
    assert.equal(
      found.filter((one) => one.lack === lack),
      [],
    );
  });
  const { prints, accepted, package: owner } = lack;
  if (owner === 'coreutils') continue;
  test(`what to write instead of ${lack.name} works`, () => {
    const { stdout, stderr } = spawnSync(BASH, ['-c', `set -Eeuo pipefail\n${accepted}`], { encoding: 'utf8' });
    assert.equal([stdout.trimEnd(), stderr], [prints?.trimEnd(), '']);
  });
}

test('every name is one, and each sentence ends', () => {
  assert.is(new Set(LACKS.map(({ name, since }) => `${name} ${since}`)).size, LACKS.length);
  for (const { why, instead } of LACKS) assert.match(`${why} ${instead}`, /^[A-Za-z].*\. [A-Z].*\.$/);
});

test('comments, plain texts and here-documents in quotes are no code', () => {
  const script = "# wait -n \"${a[@]}\"\necho 'sync x ${x@Q}'\ncat << 'END'\n${x@Q}\nEND\necho 'EPOCHSECONDS'";
  assert.equal(findLacks('a', script, OLDEST), []);
});

test('code in substitutions and here-documents is code', () => {
  const found = findLacks('a', 'x="$(wait -n)"\n\ncat << END\n${x@Q}\nEND\nf <(sync "$y")', OLDEST);
  assert.equal(
    found.map(({ line, text }) => `${line} ${text}`),
    ['4 ${x@Q}', '1 wait -n', '6 sync "$y"'],
  );
});

test('sync_to_disk may call sync', () => {
  assert.equal(findLacks('a', 'sync_to_disk() { sync "$@"; }', OLDEST), []);
});

test('an array may be said to have elements, in one script, and not for a part of it', () => {
  const list = [{ script: 'a', array: 'x', reason: '' }];
  assert.equal(findLacks('a', 'f "${x[@]}"', OLDEST, list), []);
  assert.is(findLacks('b', 'f "${x[@]}"', OLDEST, list).length, 1);
  assert.is(findLacks('a', 'f "${x[@]:1}"', OLDEST, list).length, 1);
});

test('a line about an array that no script has is found', () => {
  const list = [
    { script: 'a', array: 'x', reason: '' },
    { script: 'a', array: 'y', reason: '' },
  ];
  assert.equal(needless(new Map([['a', 'f "${x[@]}"']]), list), list.slice(1));
});

test('what the parser does not understand is refused by name', () => {
  assert.throws(() => findLacks('run/x', 'a=${ ls; }', OLDEST), /run\/x: the parser does not understand/);
});

test('versions are compared by number', () => {
  assert.ok(isOlder('8.9', '8.22'));
  assert.ok(isOlder('4.2', '5.1'));
  assert.not.ok(isOlder('5.1', '4.2'));
  assert.not.ok(isOlder('8.22', '8.22'));
});

test("scripts obey the oldest images, which are those of MySQL 5.7's server", () => {
  assert.equal(oldest(ENGINES.flatMap(({ userlands }) => [userlands.server, ...Object.values(userlands.clone)])), OLDEST);
});

test('an image whose programs have other versions is told from one that is as the table says', () => {
  assert.is(userlandMismatch(ORACLE_LINUX_7, { bash: '4.2.46', coreutils: '8.22' }), undefined);
  assert.match(
    userlandMismatch(ORACLE_LINUX_7, { bash: '4.20.1', coreutils: '8.22' }) ?? '',
    /^bash 4\.20\.1, not 4\.2: correct the userland Oracle Linux 7/,
  );
  assert.match(
    userlandMismatch(ORACLE_LINUX_7, { bash: '', coreutils: '9.4' }) ?? '',
    /^bash unknown, not 4\.2; coreutils 9\.4, not 8\.22/,
  );
});

test.run();
