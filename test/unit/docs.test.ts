/** That pages say what is so: links lead somewhere, and examples are the files that other tests render. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { listFiles } from '../../generator/list-files.ts';
import { commandsOf } from '../docs/commands.ts';
import { ROOT } from '../support/tools.ts';

const test = suite('docs');

const OWN = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'SECURITY.md'];
const pages = [...OWN, ...(await listFiles(join(ROOT, 'docs'))).filter((path) => path.endsWith('.md')).map((path) => `docs/${path}`)];
const textOf = (page: string): string => readFileSync(join(ROOT, page), 'utf8');

/** How GitHub and VitePress name a heading; VitePress puts a hyphen for an apostrophe. */
function anchors(page: string): readonly string[] {
  const headings = [...textOf(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading.toLowerCase().replaceAll('`', ''));
  return headings.flatMap((heading) => ['', '-'].map((apostrophe) => heading.replaceAll("'", apostrophe).replace(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-')));
}

test('every link within the project leads to a file and a heading', () => {
  for (const page of pages) {
    for (const [, link = ''] of textOf(page).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)) {
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? page : join(dirname(page), path);
      assert.ok(existsSync(join(ROOT, target)), `${page}: ${link}`);
      if (anchor !== undefined) assert.ok(anchors(target).includes(anchor), `${page}: ${link}`);
    }
  }
});

test('every control that reviewers look for names a file that keeps it and a test that would miss it', () => {
  const rows = [...textOf('SECURITY.md').matchAll(/^\| (?!control|---)([^|]+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$/gm)].filter(([line]) => line.includes(']('));
  assert.ok(rows.length > 10);
  for (const [, control = '', , where = '', tests = ''] of rows) {
    assert.match(where, /\]\((schema|generator|release|test\/lint)\//, control);
    for (const [, path = ''] of tests.matchAll(/\]\(([^)]+)\)/g)) {
      assert.match(path, /^test\/.*\.ts$/, control);
      assert.ok(textOf(path).includes('assert') || path.startsWith('test/lint/'), `${path} asserts nothing`);
    }
  }
});

test('the example values are files that are rendered, linted and validated', async () => {
  const blocks = [...textOf('docs/values.md').matchAll(/<!-- file: (\S+) -->\n\n```yaml\n([^]*?)\n```/g)];
  assert.ok(blocks.length > 5);
  const files = await listFiles(join(ROOT, 'generator/templates/ci'));
  for (const [, file = '', text = ''] of blocks) {
    assert.ok(files.includes(file), file);
    const [, ...lines] = textOf(`generator/templates/ci/${file}`).trimEnd().split('\n');
    assert.is(text, lines.join('\n'), `${file} is not what docs/values.md shows`);
  }
});

test('every state that an agent can report has its place in the runbook', async () => {
  const runbook = textOf('docs/runbook.md');
  const scripts = (await listFiles(join(ROOT, 'generator/templates/files'))).map((file) => textOf(`generator/templates/files/${file}`)).join('\n');
  const states = [...scripts.matchAll(/^ *(?:degraded ([A-Z]\w+) |.*printf '([A-Z][A-Za-z]+)\\n'; (?:else|fi))/gm)].map(([, state, printed]) => state ?? printed ?? '');
  assert.ok(states.length > 4);
  for (const state of states) assert.match(runbook, state);
});

test('every block of commands in the runbook is run, or says why not', () => {
  const commands = commandsOf('runbook.md');
  assert.ok(commands.filter(({ skipped }) => skipped === undefined).length > 10);
  for (const { text, skipped } of commands) assert.ok(text !== '' && skipped !== '');
});

test.run();
