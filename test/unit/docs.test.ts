/** That pages say what is so: links lead somewhere, and examples are the files that other tests render. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { listFiles } from '../../generator/list-files.ts';
import { siteFiles } from '../../release/site/pages.ts';
import { commandsOf } from '../docs/commands.ts';
import { ROOT } from '../support/tools.ts';

const test = suite('docs');

const pages = siteFiles(ROOT).map(({ source }) => source).filter((path) => path.endsWith('.md'));
const textOf = (page: string): string => readFileSync(join(ROOT, page), 'utf8');

/** How GitHub names a heading, and the site as well. */
function anchors(page: string): readonly string[] {
  const headings = [...textOf(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading.toLowerCase());
  return headings.map((heading) => heading.replace(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-'));
}

test('every link within the project leads to a file and a heading', () => {
  assert.ok(['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'docs/runbook.md'].every((page) => pages.includes(page)));
  for (const page of pages) {
    for (const [, link = ''] of textOf(page).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)) {
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? page : join(dirname(page), path);
      assert.ok(existsSync(join(ROOT, target)), `${page}: ${link}`);
      if (anchor !== undefined) assert.ok(anchors(target).includes(anchor), `${page}: ${link}`);
    }
  }
});

/** What a page shows to copy, in order. */
const blocks = (page: string): readonly string[] => [...textOf(page).matchAll(/^```[^]*?^```$/gm)].map(([block]) => block);

test('a translated page has the headings and the commands of the English one', () => {
  const translated = pages.filter((page) => page.endsWith('.zh.md'));
  assert.equal([...translated].sort(), ['README.zh.md', 'docs/quick-start.zh.md', 'docs/tutorial.zh.md']);
  for (const page of translated) {
    const english = page.replace('.zh.md', '.md');
    assert.equal(blocks(page), blocks(english), page);
    const levels = (text: string): readonly string[] => [...text.replace(/^```[^]*?^```$/gm, '').matchAll(/^(?:#+(?= )|\|)/gm)].map(([level]) => level);
    assert.equal(levels(textOf(page)), levels(textOf(english)), page);
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
