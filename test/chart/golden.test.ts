import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { assertGolden, normaliseRendering } from '../support/golden.ts';
import { differenceOf } from '../support/golden-difference.ts';
import { HELMS, template, type Helm } from '../support/helm.ts';
import { CHART } from '../support/tools.ts';
import { valuesFiles } from '../support/values-files.ts';

const test = suite('golden renderings');

const GOLDEN = fileURLToPath(new URL('golden/', import.meta.url));
const CI = join(CHART, 'ci');

function rendering(version: Helm, file: string): string {
  const { status, stdout, stderr } = template(version, { files: [file] });
  assert.is(status, 0, stderr);
  return normaliseRendering(stdout);
}

/** The rendering that the others are shown as differences to. */
const DEFAULT = join(CI, 'default-values.yaml');
const defaults = new Map(HELMS.map((version) => [version, rendering(version, DEFAULT)]));

/** Files of chart/ci are distinguished by their own names, examples by those of their folders. */
function goldenName(file: string): string {
  const name = basename(file) === 'values.yaml' ? `example-${basename(dirname(file))}` : basename(file, '-values.yaml');
  return file === DEFAULT ? `${name}.yaml` : `${name}.diff`;
}

/** The whole rendering of the defaults; of other values what they change in it. */
function goldenText(version: Helm, file: string): string {
  const base = defaults.get(version) ?? '';
  return file === DEFAULT ? base : differenceOf(base, rendering(version, file));
}

test('every file of chart/ci has a name that chart-testing reads', () => {
  for (const file of readdirSync(CI)) assert.match(file, /-values\.yaml$/);
});

for (const file of valuesFiles()) {
  for (const version of HELMS) {
    test(`${goldenName(file)} with ${version}`, () => {
      assertGolden(join(GOLDEN, goldenName(file)), goldenText(version, file));
    });
  }
}

test.run();
