/** What actionlint does not ask of workflows: that they only call make, and actions whose content cannot change. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ENGINES } from '../../schema/engines.ts';
import { ROOT } from '../support/tools.ts';

const test = suite('workflows');

const FOLDER = join(ROOT, '.github/workflows');
const workflows = readdirSync(FOLDER).map((name) => ({ name, text: readFileSync(join(FOLDER, name), 'utf8') }));

const after = (text: string, key: string): readonly string[] =>
  [...text.matchAll(new RegExp(`^ *(?:- )?${key}: *(.*)$`, 'gm'))].map(([, value = '']) => value);

test('each step is a make target that there is', () => {
  const targets = readFileSync(join(ROOT, 'Makefile'), 'utf8');
  for (const { name, text } of workflows) {
    for (const command of after(text, 'run')) {
      const [, target = ''] = /^(?:sudo env "PATH=\$PATH" )?make ([a-z-]+)( [A-Z]+=\S.*)?$/.exec(command) ?? [];
      assert.match(targets, new RegExp(`^${target}: .*## `, 'm'), `${name}: ${command}`);
    }
  }
});

test('root makes what others cannot, and nobody writes after root', () => {
  for (const { name, text } of workflows) {
    for (const job of text.split(/^ {2}[a-z]+:$/m)) {
      const commands = after(job, 'run').map((command) => command.replace(/ .*make /, ' make '));
      if (commands.some((command) => command.endsWith('make test'))) assert.is(commands.at(-1), 'sudo make test', name);
    }
  }
});

test('actions are named by digest, and say their version', () => {
  for (const { name, text } of workflows) {
    const actions = after(text, 'uses').filter((action) => !action.startsWith('./.github/workflows/'));
    for (const action of actions) assert.match(action, /^[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/, name);
  }
});

test('a release waits for the images that people pull', () => {
  const { text = '' } = workflows.find(({ name }) => name === 'release.yml') ?? {};
  assert.match(text, /^ {2}official:\n {4}uses: \.\/\.github\/workflows\/official\.yml$/m);
  assert.match(text, /^ {2}publish:\n {4}needs: \[test, official\]$/m);
});

test('no workflow may do more than it needs', () => {
  for (const { name, text } of workflows) assert.match(text, /^permissions:\n {2}contents: read$/m, name);
});

test('every engine is tried with its official images, by every way to clone it', () => {
  const { text = '' } = workflows.find(({ name }) => name === 'official.yml') ?? {};
  const rows = [...text.matchAll(/\{ engine: ([\w.-]+), method: ([\w-]+) \}/g)].map(
    ([, engine, method]) => `${engine ?? ''} ${method ?? ''}`,
  );
  const ways = ENGINES.flatMap(({ name, cloneMethods }) => cloneMethods.map((method) => `${name} ${method}`));
  assert.equal([...rows].sort(), [...ways].sort());
});

test.run();
