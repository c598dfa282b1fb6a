/** What a person sees of each broken rule, wherever he meets it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import { stringify } from 'yaml';
import * as assert from 'uvu/assert';
import { OVERRIDE_SCHEMA } from '../../generator/editor/editor-schema.ts';
import type { PlainValues } from '../../generator/rules/evaluate-rules.ts';
import { startEditor, type Editor } from '../support/editor.ts';
import { assertGolden } from '../support/golden.ts';
import { HELMS, templateLater, type Helm } from '../support/helm.ts';
import { mysqlSts } from '../support/packed.ts';
import { RULE_CASES } from '../support/rule-cases.ts';
import { mistakesIn } from '../support/verdict.ts';

const test = suite<{ editor: Editor; folder: string }>('messages of rules');

const GOLDEN = fileURLToPath(new URL('golden/rule-messages.txt', import.meta.url));

test.before(async (context) => {
  context.editor = await startEditor();
  context.folder = mkdtempSync(join(tmpdir(), 'mysql-sts-'));
});
test.after(async ({ editor, folder }) => {
  await editor.close();
  rmSync(folder, { recursive: true });
});

async function seenInHelm(version: Helm, values: PlainValues): Promise<string> {
  return (await templateLater(version, values)).stderr.replaceAll(/\n{2,}/g, '\n');
}

function seenInTerminal(folder: string, values: PlainValues): string {
  writeFileSync(join(folder, 'values.yaml'), stringify(values));
  const { status, stdout, stderr } = mysqlSts(['check', 'values.yaml'], { cwd: folder });
  assert.is(status, 1, stdout);
  return `${stdout}${stderr}`.replaceAll(/\n{2,}/g, '\n');
}

/** A comparison of two values is beyond JSON Schema, so an editor is silent about it; Helm is not. */
async function seenInEditor(editor: Editor, values: PlainValues): Promise<string> {
  const { problems } = await editor.draft(
    `# yaml-language-server: $schema=${OVERRIDE_SCHEMA}\n${stringify(values)}`,
  );
  return problems.length === 0 ? '(nothing: it compares two values)' : problems.join('\n');
}

/** Rules that say of a second value what another rule says of the first. */
function isTwin(id: string): boolean {
  return /^(read|init|agent|headless)-/.test(id);
}

test('what a person sees of each broken rule is as reviewed', async ({ editor, folder }) => {
  const pages: string[] = [];
  for (const [id, { refused, message }] of Object.entries(RULE_CASES).filter(([id]) => !isTwin(id))) {
    const [helm3 = '', helm4 = ''] = await Promise.all(HELMS.map((version) => seenInHelm(version, refused)));
    const viewers: readonly (readonly [name: string, text: string])[] = [
      ['Helm 3', helm3],
      ['Helm 4', helm4],
      ['mysql-sts check', seenInTerminal(folder, refused)],
      ['editor', await seenInEditor(editor, refused)],
    ];
    assert.is.not(mistakesIn(refused).length, 0, id);
    for (const [name, text] of viewers.slice(0, 2)) assert.ok(text.includes(`1. ${message}\n`), `${name}: ${text}`);
    const seen = viewers.map(([name, text]) => `${name}:\n${indented(text)}`).join('');
    pages.push(`== ${id}\nvalues:\n${indented(stringify(refused))}${seen}`);
  }
  assertGolden(GOLDEN, pages.join('\n'));
});

function indented(text: string): string {
  return `${text.trim().replaceAll(/^(?=.)/gm, '    ')}\n`;
}

test.run();
