import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../e2e/support/process.ts';
import { ROOT } from '../support/tools.ts';

/** Seconds that one block of commands may take; some wait for a rollout. */
const DEADLINE = 900;

/** The shell of a person whose context has the namespace of a release, in the folder of the checkout. */
export class Shell {
  readonly #folder = mkdtempSync(join(tmpdir(), 'mysql-sts-'));
  readonly #kubeconfig = join(this.#folder, 'kubeconfig');

  static async start(namespace: string): Promise<Shell> {
    const shell = new Shell();
    process.once('exit', () => {
      rmSync(shell.#folder, { recursive: true });
    });
    writeFileSync(shell.#kubeconfig, await run('kubectl', ['config', 'view', '--raw', '--flatten']), { mode: 0o600 });
    await shell.run(`kubectl config set-context --current --namespace=${namespace}`);
    return shell;
  }

  /** Runs commands as they stand, and gives what they print. */
  run(commands: string): Promise<string> {
    const begin = `cd "$1" && export KUBECONFIG="$2"\n`;
    return run('bash', ['--norc', '-Eeuo', 'pipefail', '-c', `${begin}${commands}`, 'docs', ROOT, this.#kubeconfig], { deadline: DEADLINE });
  }
}
