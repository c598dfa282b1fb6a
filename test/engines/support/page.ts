/** The commands of a page of the documentation, run as a reader would run them. */

import { mkdtempSync, readFileSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../e2e/support/process.ts';
import { CHART, ROOT } from '../../e2e/support/tools.ts';

/** Seconds that a block of commands may take, a rollout included. */
const DEADLINE = 420;

/** The blocks of commands below a heading of a page, up to the next one of its kind. */
export function commandsBelow(page: string, heading: string): readonly string[] {
  const [, section] = readFileSync(join(ROOT, page), 'utf8').split(`\n## ${heading}\n`);
  if (section === undefined) throw new Error(`${page} has no heading "${heading}".`);
  const [own = ''] = section.split('\n## ');
  return [...own.matchAll(/^```bash\n(.*?)^```$/gms)].map(([, commands = '']) => commands);
}

/** A terminal in a folder with the chart and the examples, whose commands go to a namespace of the test's own. */
export class Terminal {
  readonly #namespace: string;
  readonly #folder = mkdtempSync(join(tmpdir(), 'mysql-sts-'));
  /** Functions that earlier blocks have defined. */
  #functions = '';

  constructor(namespace: string) {
    this.#namespace = namespace;
    symlinkSync(CHART, join(this.#folder, 'chart'));
    symlinkSync(join(ROOT, 'examples'), join(this.#folder, 'examples'));
  }

  /** Runs the blocks of a section one after the other and gives what they print. */
  async run(page: string, heading: string): Promise<string> {
    let output = '';
    for (const block of commandsBelow(page, heading)) {
      const commands = block.replaceAll('-n mysql-sts ', `-n ${this.#namespace} `);
      output += await run('bash', ['-Eeuo', 'pipefail', '-c', `cd '${this.#folder}'\n${this.#functions}${commands}`], {
        deadline: DEADLINE,
      });
      this.#functions += [...commands.matchAll(/^\w+\(\) \{\n.*?^\}\n/gms)].map(([text]) => text).join('');
    }
    return output;
  }
}
