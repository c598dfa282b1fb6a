/** The bash that tests ask: what it prints, its status, and how its end is reported. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { BashProcess } from '../support/bash-process.ts';

const test = suite('a bash that answers', { folder: '' });

const FUNCTIONS = `
number=0
count() { number=$((number + 1)); printf '%s\\n' "$number"; }
words() { printf '%s|' "$#" "$@"; return 3; }
unset_variable() { printf '%s\\n' "$nothing_of_this_name"; }
swallow() { cat; }
leave() { exit 7; }
`;

test.before((context) => {
  context.folder = mkdtempSync(join(tmpdir(), 'mysql-sts-'));
  writeFileSync(join(context.folder, 'functions.sh'), FUNCTIONS);
});
test.after(({ folder }) => {
  rmSync(folder, { recursive: true });
});

test('gives what is printed, and the status', async ({ folder }) => {
  const bash = new BashProcess([join(folder, 'functions.sh')]);
  assert.equal(await bash.ask('words', '', 'a\nb', '$x "\'', '字'), { status: 3, output: '4||a\nb|$x "\'|字|' });
  assert.equal(await bash.ask('swallow'), { status: 0, output: '' });
  bash.close();
});

test('answers many questions in their order', async ({ folder }) => {
  const bash = new BashProcess([join(folder, 'functions.sh')]);
  const answers = await Promise.all(Array.from({ length: 5000 }, () => bash.ask('count')));
  assert.equal(
    answers.map(({ output }) => Number(output)),
    answers.map((_, index) => index + 1),
  );
  bash.close();
});

for (const [name, words] of [
  ['exits', /ended with status 7 at \["leave"\]/],
  ['reads a variable that is not set', /ended with status \d+ at \["unset_variable"\][^]*nothing_of_this_name: unbound variable/],
] as const) {
  test(`a function that ${name} fails the question and those after it`, async ({ folder }) => {
    const bash = new BashProcess([join(folder, 'functions.sh')]);
    const asked = name === 'exits' ? 'leave' : 'unset_variable';
    const failures = await Promise.allSettled([bash.ask(asked), bash.ask('count')]);
    for (const failure of failures) {
      assert.is(failure.status, 'rejected');
      assert.match(String(failure.status === 'rejected' ? failure.reason : ''), words);
    }
  });
}

test('a file that is not there fails the first question', async () => {
  const bash = new BashProcess(['/nowhere/functions.sh']);
  const [asked] = await Promise.allSettled([bash.ask('true')]);
  assert.match(String(asked.status === 'rejected' ? asked.reason : ''), /ended with status 1 at \["true"\][^]*nowhere/);
});

test.run();
