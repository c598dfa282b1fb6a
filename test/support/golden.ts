import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import * as assert from 'uvu/assert';
import { ROOT } from './tools.ts';

/** Compares a text with the one that was reviewed. UPDATE_GOLDEN=1 takes it over, for a person to review the change. */
export function assertGolden(file: string, text: string): void {
  if (process.env['UPDATE_GOLDEN'] === '1') {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return;
  }
  const name = relative(ROOT, file);
  assert.ok(existsSync(file), `${name} is missing. Run this test with UPDATE_GOLDEN=1 and review the file.`);
  assert.fixture(text, readFileSync(file, 'utf8'), `${name} differs. If it should, run with UPDATE_GOLDEN=1 and review.`);
}

/**
 * A rendering without what differs between runs and Helm versions: generated secrets, blank lines. The scripts are left
 * out, too: they are files of their own, and a change of one should not show seven times.
 */
export function normaliseRendering(text: string): string {
  const documents = text.split(/^---\n/m).map((document) => {
    const lines = document.split('\n').map((line) => line.trimEnd());
    return withoutScripts(withoutSecrets(lines.filter((line) => line !== '').join('\n')));
  });
  return documents
    .filter((document) => document !== '')
    .map((document) => `---\n${document}\n`)
    .join('');
}

function withoutSecrets(document: string): string {
  if (!/^kind: Secret$/m.test(document)) return document;
  return document.replace(/^( {2}"?[-\w.]+"?): [\w+/]{20,}=*$/gm, '$1: (generated)');
}

function withoutScripts(document: string): string {
  const masked = document.replace(/^( *checksum\/scripts): \w+$/m, '$1: (of the scripts)');
  if (!/^ {2}name: \S+-scripts$/m.test(masked)) return masked;
  return masked.replace(/^( {2}[-\w.]+\.sh): \|\n(?: {4}.*\n?)*/gm, '$1: (the script)\n').trimEnd();
}
