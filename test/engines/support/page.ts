/** The commands of a page of the documentation, run as a reader would run them. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../e2e/support/process.ts';
import { ROOT } from '../../e2e/support/tools.ts';

/** The blocks of commands below a heading of a page, up to the next one of its kind. */
export function commandsBelow(page: string, heading: string): readonly string[] {
  const [, section] = readFileSync(join(ROOT, page), 'utf8').split(`\n## ${heading}\n`);
  if (section === undefined) throw new Error(`${page} has no heading "${heading}".`);
  const [own = ''] = section.split('\n## ');
  return [...own.matchAll(/^```bash\n(.*?)^```$/gms)].map(([, commands = '']) => commands);
}

/** Runs a block of commands in a namespace of the test's own in place of the page's. */
export function runCommands(commands: string, page: { readonly namespace: string }, namespace: string): Promise<string> {
  const own = commands.replaceAll(`-n ${page.namespace} `, `-n ${namespace} `);
  return run('bash', ['-Eeuo', 'pipefail', '-c', own]);
}
