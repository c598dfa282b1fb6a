/** What lint refuses beyond its tools: long scripts and templates, long subjects of commits. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { tooLong } from '../lint/lengths.ts';
import { longSubjects } from '../lint/subjects.ts';

const test = suite('own lints');

test('scripts and templates may have 200 lines', () => {
  for (const file of ['a.sh', 'a.tpl.hbs']) {
    assert.is(tooLong(file, 'x\n'.repeat(200)), undefined);
    assert.is(tooLong(file, `${'x\n'.repeat(200)}x`), `${file} has 201 lines, more than 200. Split it by what its parts do.`);
  }
});

test('values and texts may be longer', () => {
  assert.is(tooLong('ci/production-values.yaml', 'x\n'.repeat(300)), undefined);
});

test('subjects may have 72 letters, however many bytes those are', () => {
  const long = `${'ä'.repeat(71)}字`;
  assert.equal(longSubjects(`aaaa ${long}\nbbbb short\n`), []);
  assert.equal(longSubjects(`aaaa ${long}!\nbbbb short\n`), [`Commit aaaa has a subject of 73 letters, more than 72: ${long}!`]);
});

test.run();
