/** The page about metrics says what the tables say. */
import { join } from 'node:path';
import { suite } from 'uvu';
import { assertGolden } from '../support/golden.ts';
import { metricsPage } from '../support/metrics-page.ts';
import { ROOT } from '../support/tools.ts';

const test = suite('page about metrics');

test('docs/metrics.md has every metric, state and alert', () => {
  assertGolden(join(ROOT, 'docs/metrics.md'), metricsPage());
});

test.run();
