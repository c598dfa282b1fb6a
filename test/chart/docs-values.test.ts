/** Every piece of values that a page shows is one that Helm takes, so that nobody copies a mistake. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { siteFiles } from '../../release/site/pages.ts';
import { HELMS, helm, template } from '../support/helm.ts';
import { CHART, ROOT } from '../support/tools.ts';

const test = suite('values in pages', { folder: '' });

test.before((context) => {
  context.folder = mkdtempSync(join(tmpdir(), 'mysql-sts-'));
});
test.after(({ folder }) => {
  rmSync(folder, { recursive: true });
});

interface Shown {
  readonly page: string;
  readonly values: string;
}

const shown: readonly Shown[] = siteFiles(ROOT)
  .map(({ source }) => source)
  .filter((page) => page.endsWith('.md'))
  .flatMap((page) => [...readFileSync(join(ROOT, page), 'utf8').matchAll(/^```yaml\n([^]*?)^```$/gm)].map(([, values = '']) => ({ page, values })));

test('pages show values', () => {
  for (const page of ['README.md', 'docs/quick-start.md', 'docs/values.md', 'docs/tutorial.md']) {
    assert.ok(shown.some((piece) => piece.page === page), page);
  }
});

for (const [index, { page, values }] of shown.entries()) {
  const [first = ''] = values.split('\n').filter((line) => !line.startsWith('#'));
  test(`${page}, the piece that begins with ${first || 'nothing'}`, ({ folder }) => {
    const file = join(folder, `${index}.yaml`);
    writeFileSync(file, values);
    for (const version of HELMS) {
      const linted = helm(version, ['lint', '--strict', CHART, '--values', file]);
      assert.is(linted.status, 0, `${linted.stdout}${linted.stderr}`);
      const rendered = template(version, { files: [file] });
      assert.is(rendered.status, 0, rendered.stderr);
    }
  });
}

test.run();
