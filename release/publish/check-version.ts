import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lt, prerelease, sort, valid } from 'semver';
import { chartChanges } from '../../generator/compare/chart-changes.ts';
import { propose } from '../../generator/compare/propose.ts';
import { readChart, type Chart } from '../../generator/compare/read-chart.ts';
import { PublishFailure } from './failure.ts';
import { tagOf, type ChartRepository, type Published } from './registry.ts';

/**
 * Fails when the version cannot become this chart: it is another chart already, or too low for what changed. Returns what
 * is there of the very same chart, when an earlier run did not get to its end.
 */
export async function checkVersion(repository: ChartRepository, chart: Chart, digest: string): Promise<Published | undefined> {
  const { name, version } = chart;
  const tags = await repository.tags();
  if (tags.includes(tagOf(version))) {
    const published = await repository.published(version);
    if (published.archive === digest) return published;
    throw new PublishFailure(
      `${name} ${version} is published already, with other content (${published.archive}). A version is never overwritten: ` +
        'raise the version in package.json, run make generate, and publish that.',
    );
  }
  const previous = previousVersion(tags, version);
  if (previous !== undefined) await compare(repository, chart, previous);
  return undefined;
}

/**
 * The highest version below this one: an older series may still get releases. A final version is measured by the final one before it,
 * whatever its pre-releases had.
 */
export function previousVersion(tags: readonly string[], version: string): string | undefined {
  const versions = tags.map((tag) => tag.replaceAll('_', '+')).filter((tag) => valid(tag) !== null);
  const isFinal = prerelease(version) === null;
  return sort(versions.filter((other) => lt(other, version) && !(isFinal && prerelease(other) !== null))).at(-1);
}

async function compare(repository: ChartRepository, chart: Chart, previous: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'mysql-sts-'));
  try {
    const before = await readChart(await repository.pull(chart.name, previous, folder));
    const proposal = propose(chartChanges(before, chart), previous, chart.version);
    if (proposal.isMet) return;
    throw new PublishFailure(
      `${chart.version} is too low after ${previous}: ${proposal.reason}. Use ${proposal.version}; ` + `mysql-sts diff says what changed.`,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}
