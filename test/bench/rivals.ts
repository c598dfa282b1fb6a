/** The charts that ours is measured beside. They are not part of this project: a run takes them from where they are. */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';

/** A chart of somebody else, at one commit. */
export interface Rival {
  readonly name: string;
  /** Where it is kept on GitHub. */
  readonly repository: string;
  readonly commit: string;
  /** Its folder in the repository. */
  readonly chart: string;
  /** Folders of charts that it depends on. */
  readonly libraries: readonly string[];
}

export const RIVALS: readonly Rival[] = [
  {
    name: 'HelmForge mysql',
    repository: 'helmforgedev/charts',
    commit: 'dd8d969cd145bbca89e7103241ec157146aca853',
    chart: 'charts/mysql',
    libraries: [],
  },
  {
    name: 'Bitnami mysql',
    repository: 'bitnami/charts',
    commit: '5165628ae06697f8f68a670bef7739d93c4b7f44',
    chart: 'bitnami/mysql',
    libraries: ['bitnami/common'],
  },
];

/** The chart with what it depends on, in a folder below `target`; from a checkout if there is one. */
export function chartOf(rival: Rival, checkout: string | undefined, target: string): string {
  const source = checkout ?? fetched(rival, join(target, 'source'));
  if (!existsSync(join(source, rival.chart, 'Chart.yaml'))) {
    throw new Error(`${source} has no chart ${rival.chart}. Name a checkout of ${rival.repository}.`);
  }
  const chart = join(target, 'chart');
  cpSync(join(source, rival.chart), chart, { recursive: true });
  for (const library of rival.libraries) {
    cpSync(join(source, library), join(chart, 'charts', basename(library)), { recursive: true });
  }
  return chart;
}

/** Fetches the pinned commit alone, and of its files only those that are asked for. */
function fetched({ repository, commit, chart, libraries }: Rival, folder: string): string {
  mkdirSync(folder, { recursive: true });
  const git = (...args: string[]): void => {
    execFileSync('git', args, { cwd: folder, stdio: 'pipe' });
  };
  try {
    git('init', '--quiet');
    git('remote', 'add', 'origin', `https://github.com/${repository}`);
    git('fetch', '--quiet', '--depth', '1', '--filter=blob:none', 'origin', commit);
    git('checkout', '--quiet', commit, '--', chart, ...libraries);
  } catch (error) {
    const reason = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : String(error);
    throw new Error(`${repository} cannot be fetched: ${reason}\nName a checkout of it: --from ${repository}=FOLDER`, { cause: error });
  }
  return folder;
}
