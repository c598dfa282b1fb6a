import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { assertGolden, normaliseRendering } from '../support/golden.ts';
import { HELMS, template, type Helm } from '../support/helm.ts';
import { CHART } from '../support/tools.ts';

const test = suite('golden renderings');

const GOLDEN = fileURLToPath(new URL('golden/', import.meta.url));
const CI = join(CHART, 'ci');

function rendering(version: Helm, file: string): string {
  const { status, stdout, stderr } = template(version, { files: [join(CI, file)] });
  assert.is(status, 0, stderr);
  return normaliseRendering(stdout);
}

test('every file of chart/ci has a name that chart-testing reads', () => {
  for (const file of readdirSync(CI)) assert.match(file, /-values\.yaml$/);
});

for (const file of readdirSync(CI)) {
  for (const version of HELMS) {
    test(`${file} with ${version}`, () => {
      assertGolden(join(GOLDEN, file.replace('-values', '')), rendering(version, file));
    });
  }
}

test.run();
