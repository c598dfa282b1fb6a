/** The shell and tools of the images: what the table says, what the scripts may use, and what `make official-commands` makes of an image. */

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ENGINES } from '../../schema/engines.ts';
import { isOlder, oldest, ORACLE_LINUX_7, userlandMismatch } from '../../schema/engines/userland.ts';
import { findLacking, LACKING, OLDEST } from '../lint/userland.ts';

const test = suite('userland');

test('versions are compared by number', () => {
  assert.ok(isOlder('8.9', '8.22'));
  assert.ok(isOlder('4.2', '5.1'));
  assert.not.ok(isOlder('5.1', '4.2'));
  assert.not.ok(isOlder('8.22', '8.22'));
});

test("scripts obey the oldest images, which are those of MySQL 5.7's server", () => {
  assert.equal(OLDEST, { bash: '4.2', coreutils: '8.22' });
  const all = ENGINES.flatMap(({ userlands }) => [userlands.server, ...Object.values(userlands.clone)]);
  assert.equal(oldest(all), OLDEST);
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

for (const lacking of LACKING) {
  test(`the lint refuses ${lacking.construct}`, () => {
    const found = findLacking(lacking.fixture);
    assert.ok(
      found.some(({ construct }) => construct === lacking.construct),
      `${lacking.fixture} was not refused`,
    );
    assert.equal(findLacking(lacking.instead), [], lacking.instead);
    assert.equal(findLacking(`# ${lacking.fixture}`), [], 'a comment is no use');
  });
}

test.run();
