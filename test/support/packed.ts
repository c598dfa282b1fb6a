import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './tools.ts';

/** The program as people get it: packed, and installed into an empty folder. */
export interface Packed {
  readonly folder: string;
  readonly archive: string;
  readonly bytes: number;
}

/** What a run of the program said. */
export interface Answer {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const NO_COLOUR: NodeJS.ProcessEnv = { NO_COLOR: '1' };

let packed: Packed | undefined;

/** Packs and installs once for all tests of a run. */
export function pack(): Packed {
  packed ??= install(mkdtempSync(join(tmpdir(), 'mysql-sts-')));
  return packed;
}

function install(parent: string): Packed {
  process.once('exit', () => {
    rmSync(parent, { recursive: true });
  });
  const folder = join(parent, 'installed');
  mkdirSync(folder);
  const options = { cwd: ROOT, encoding: 'utf8', stdio: 'pipe' } as const;
  const { npm: archive } = packAll(parent);
  const quiet = ['--prefer-offline', '--no-audit', '--no-fund', '--silent'];
  execFileSync('npm', ['install', ...quiet, archive], { ...options, cwd: folder });
  return { folder, archive, bytes: statSync(archive).size };
}

/** Both archives, as `make package` makes them. */
export interface Archives {
  readonly chart: string;
  readonly npm: string;
}

/** Packs a checkout into a folder. */
export function packAll(folder: string, { root = ROOT, env = {}, umask = '022' } = {}): Archives {
  const command = `umask ${umask}; exec "$0" --import tsx release/package.ts "$1"`;
  const options = { cwd: root, env: { ...process.env, ...env }, encoding: 'utf8', stdio: 'pipe' } as const;
  execFileSync('bash', ['-c', command, process.execPath, folder], options);
  const archiveOf = (kind: keyof Archives): string => {
    const [file = ''] = readdirSync(join(folder, kind));
    return join(folder, kind, file);
  };
  return { chart: archiveOf('chart'), npm: archiveOf('npm') };
}

/** Runs the packed program, without a terminal. */
export function mysqlSts(args: readonly string[], { cwd = ROOT, input = '', env = NO_COLOUR } = {}): Answer {
  const program = join(pack().folder, 'node_modules/mysql-sts/dist/generator/cli.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd,
    input,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env },
    timeout: 60_000,
  });
  return { status, stdout, stderr };
}

/** A run as a person sees it. */
export function transcript(args: readonly string[], { status, stdout, stderr }: Answer): string {
  return `$ mysql-sts ${args.join(' ')}\n${stdout}${stderr}(exit status ${String(status)})\n`;
}
