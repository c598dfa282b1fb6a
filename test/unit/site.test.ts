/** How pages that are written for GitHub become those of the site. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { siteFiles } from '../../release/site/pages.ts';

const test = suite('site', { root: '' });

test.before.each((context) => {
  context.root = mkdtempSync(join(tmpdir(), 'mysql-sts-'));
  write(context.root, { 'README.md': '# A\n', 'README.zh.md': '# 甲\n', 'chart/README.md': '# B\n', 'docs/c.md': '# C\n' });
});
test.after.each(({ root }) => {
  rmSync(root, { recursive: true });
});

function write(root: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

/** The site's files by their place in it. */
function site(root: string): Readonly<Record<string, string>> {
  return Object.fromEntries(siteFiles(root).map(({ target, content }) => [target, content.toString()]));
}

test('README.md is the home page, and docs/ lies beside it', ({ root }) => {
  assert.equal(Object.keys(site(root)), ['c.md', 'chart/README.md', 'index.md', 'index.zh.md']);
});

test('links are made to fit, and what they lead to outside docs/ comes along', ({ root }) => {
  write(root, {
    'README.md': '![p](docs/images/p.svg) [c](docs/c.md#x) [w](https://example.com/docs/c.md) [x](#x)\n',
    'docs/images/p.svg': '<svg/>',
    'docs/c.md': '[home](../README.md) [all](../chart/README.md#values) [example](../examples/one/)\n',
    'examples/one/README.md': '[file](values.yaml)\n',
    'examples/one/values.yaml': 'a: 1\n',
  });
  const files = site(root);
  assert.is(files['index.md'], '![p](images/p.svg) [c](c.md#x) [w](https://example.com/docs/c.md) [x](#x)\n');
  assert.is(files['c.md'], '[home](index.md) [all](chart/README.md#values) [example](examples/one/README.md)\n');
  assert.is(files['examples/one/README.md'], '[file](values.yaml)\n');
  assert.is(files['examples/one/values.yaml'], 'a: 1\n');
});

test('the line that leads to the other language is left to the site', ({ root }) => {
  write(root, { 'docs/c.md': '# C\n\n[中文](c.zh.md)\n\nText.\n', 'docs/c.zh.md': '# 丙\n\n[English](c.md)\n\n文。\n' });
  assert.is(site(root)['c.md'], '# C\n\nText.\n');
  assert.is(site(root)['c.zh.md'], '# 丙\n\n文。\n');
});

test('a link that leads nowhere is refused with its page', ({ root }) => {
  write(root, { 'docs/c.md': '[d](d.md)\n' });
  assert.throws(() => siteFiles(root), /^docs\/c\.md links to docs\/d\.md, which is not there\. Mend the link\.$/);
});

test.run();
