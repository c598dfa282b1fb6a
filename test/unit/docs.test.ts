/** That pages say what is so: links lead somewhere, and examples are the files that other tests render. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { listFiles } from '../../generator/files/list-files.ts';
import { siteFiles } from '../../release/site/pages.ts';
import { commandsOf } from '../docs/commands.ts';
import { ROOT } from '../support/tools.ts';

const test = suite('docs');

const pages = siteFiles(ROOT)
  .map(({ source }) => source)
  .filter((path) => path.endsWith('.md'));
const textOf = (page: string): string => readFileSync(join(ROOT, page), 'utf8');

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** How GitHub names a heading, and the site as well. */
function anchors(page: string): readonly string[] {
  const headings = [...textOf(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading.toLowerCase());
  return headings.map((heading) => heading.replace(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-'));
}

test('every link within the project leads to a file and a heading', () => {
  assert.ok(
    ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'SECURITY.md', 'docs/runbook.md'].every((page) =>
      pages.includes(page),
    ),
  );
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
    const levels = (text: string): readonly string[] =>
      [...text.replace(/^```[^]*?^```$/gm, '').matchAll(/^(?:#+(?= )|\|)/gm)].map(([level]) => level);
    assert.equal(levels(textOf(page)), levels(textOf(english)), page);
  }
});

test('every control that reviewers look for names a file that keeps it and a test that would miss it', () => {
  const rows = [...textOf('SECURITY.md').matchAll(/^\| (?!control|---)([^|]+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$/gm)].filter(([line]) =>
    line.includes(']('),
  );
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

const runbook = textOf('docs/runbook.md');
/** The first cells of the runbook's tables, one space between words. */
const entries = [...runbook.matchAll(/^\| (?!---)(.+?) \|/gm)].map(([, cell = '']) => cell);

const scripts = (await listFiles(join(ROOT, 'generator/templates/files'))).map((file) => textOf(`generator/templates/files/${file}`));
const found = (pattern: RegExp): readonly string[] =>
  scripts.flatMap((text) => [...text.matchAll(pattern)].map(([, first, second]) => first ?? second ?? ''));

/** Shell's sentence as a person sees it: what differs each time is left open. */
const asSeen = (sentence: string): string =>
  sentence.replaceAll(/'?(?:\$\((?:[^()]|\([^()]*\))*\)|\$\{[^}]*\}|\$\w+)'?/g, '…').replaceAll(/\s+/g, ' ');

test('every state that a pod can report has its place in the runbook', () => {
  const named = found(/\breport_condition \w+ (?:True|False) ([A-Z][a-z]\w+)|^\s*row [a-z-]+ ([A-Z]\w+) [a-z-]+$/gm);
  const states = new Set(named);
  assert.ok(
    ['Waiting', 'OutOfTouch', 'StoppedByHand', 'ApplyFailed', 'PurgedBinlogs', 'Copying', 'NoDonor'].every((state) => states.has(state)),
  );
  for (const state of states) assert.ok(entries.includes(`\`${state}\``), state);
});

test('every state that the runbook lists can be reported', () => {
  const text = scripts.join('\n');
  for (const entry of entries.filter((cell) => /^`[A-Z]\w+`$/.test(cell)))
    assert.match(text, new RegExp(`\\b${entry.slice(1, -1)}\\b`), entry);
});

test('every refusal has its place in the runbook, and every place a refusal', () => {
  const refusals = found(/\brefuse "((?:\$\((?:[^()]|\([^()]*\))*\)|[^"])*)"/g)
    .filter((sentence) => !sentence.startsWith('Row '))
    .map(asSeen);
  assert.ok(refusals.length > 25, `${refusals.length} refusals`);
  const begins = (sentence: string, entry: string): boolean => new RegExp(`^${entry.split('…').map(escaped).join('…*.*?')}`).test(sentence);
  for (const refusal of refusals)
    assert.ok(
      entries.some((entry) => begins(refusal, entry)),
      refusal,
    );
  const [, table = ''] = /^## Refusals at start$([^]*?)^## /m.exec(runbook) ?? [];
  for (const [, entry = ''] of table.matchAll(/^\| ([A-Z].+?) \|/gm))
    assert.ok(
      refusals.some((refusal) => begins(refusal, entry)),
      entry,
    );
});

test('what the probes say has its place in the runbook', () => {
  const said = found(/\b(?:not_ready |VERDICT=)["']((?:\$\{TEXT\[\w+\]\} )?[^"'$]+)/g)
    .map(asSeen)
    .map((sentence) => sentence.trim())
    .filter((sentence) => !sentence.startsWith('probe.sh'));
  assert.ok(said.length > 5, said.join('; '));
  for (const sentence of said)
    assert.ok(
      entries.some((entry) => sentence.startsWith(entry)),
      sentence,
    );
});

test('every block of commands in the runbook is run, or says why not', () => {
  const commands = commandsOf('runbook.md');
  assert.ok(commands.filter(({ skipped }) => skipped === undefined).length > 10);
  for (const { text, skipped } of commands) assert.ok(text !== '' && skipped !== '');
});

test.run();
