/** Words of SQL and of option files, read back by the grammar of each. Real servers read fewer of them in test/scripts/quoting. */
import { join } from 'node:path';
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { BashProcess } from '../support/bash-process.ts';
import { ROOT } from '../support/tools.ts';

const test = suite('quoting');
const bash = new BashProcess([join(ROOT, 'generator/templates/files/lib/quoting.sh')]);

/** Mostly what means something to one of the readers. */
const unit = fc.oneof(
  fc.constantFrom(...Array.from('\'"`\\%_#;$*?[]{}()~!& \n\r\tn0Z')),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
);
const words = fc.string({ unit, maxLength: 24 }).filter((text) => !text.includes('\0'));

/** What a quoted text on one line means; nothing when it ends too early or never. */
function unquoted(text: string, quote: string): string | undefined {
  const match = new RegExp(`^${quote}((?:[^\\\\${quote}\\n\\r]|\\\\.)*)${quote}$`, 'su').exec(text);
  return match?.[1]?.replace(/\\(.)/gsu, (_, letter: string) => (letter === 'n' ? '\n' : letter === 'r' ? '\r' : letter));
}

/** What an identifier means between backquotes. */
function unnamed(text: string): string | undefined {
  return /^`((?:[^`]|``)*)`$/s.exec(text)?.[1]?.replaceAll('``', '`');
}

/** The one name that a schema's pattern in GRANT matches; nothing when it matches more. */
function matched(pattern: string | undefined): string | undefined {
  if (pattern === undefined || !/^(?:[^%_\\]|\\.)*$/su.test(pattern)) return undefined;
  return pattern.replace(/\\(.)/gsu, '$1');
}

const READERS: readonly (readonly [name: string, read: (text: string) => string | undefined])[] = [
  ['sql_string', (text) => unquoted(text, "'")],
  ['option_string', (text) => unquoted(text, '"')],
  ['sql_name', unnamed],
  ['sql_schema_pattern', (text) => matched(unnamed(text))],
];

for (const [name, read] of READERS) {
  test(`${name}: any text means itself`, async () => {
    await fc.assert(
      fc.asyncProperty(words, async (text) => {
        const { status, output } = await bash.ask(name, text);
        assert.is(status, 0);
        assert.is(read(output), text, output);
      }),
      { numRuns: 1000 },
    );
  });
}

test.after(() => {
  bash.close();
});

test.run();
