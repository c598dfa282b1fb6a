import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../support/tools.ts';

/** A block of commands in a page. */
export interface Commands {
  /** The heading above it. */
  readonly section: string;
  readonly text: string;
  /** Why nobody runs it here; undefined when it is run. */
  readonly skipped: string | undefined;
}

const HEADING = /^## (.+)$/;
const REMARK = /^<!-- not run: (.+) -->$/;

/** Every block of shell commands below docs/, in order. */
export function commandsOf(page: string): readonly Commands[] {
  const found: Commands[] = [];
  let section = '';
  let skipped: string | undefined;
  let block: string[] | undefined;
  for (const line of readFileSync(join(ROOT, 'docs', page), 'utf8').split('\n')) {
    if (block !== undefined && line !== '```') {
      block.push(line);
    } else if (block !== undefined) {
      found.push({ section, text: block.join('\n'), skipped });
      [block, skipped] = [undefined, undefined];
    } else if (line === '```sh') {
      block = [];
    } else {
      section = HEADING.exec(line)?.[1] ?? section;
      skipped = REMARK.exec(line)?.[1] ?? skipped;
    }
  }
  return found;
}
