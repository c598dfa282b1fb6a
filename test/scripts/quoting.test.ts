/** The functions that quote, against real servers: whatever a user picks as name or password, it means itself. */

import * as assert from 'uvu/assert';
import type { EngineName } from '../../schema/engines.ts';
import { Numbers } from './harness/numbers.ts';
import { defaultMethod, startPrimary } from './harness/prepared.ts';
import { withRelease } from './harness/release.ts';
import { startShell, withFunctions } from './harness/shell.ts';
import { table, type Row } from './harness/table.ts';

const ENGINES: readonly EngineName[] = ['mysql-9.7', 'mariadb-11.8'];
const COUNT = 25;
/** Repeats a run that failed: its seed is in every message. */
const SEED = Number(process.env['MYSQL_STS_SEED'] ?? Date.now() % 1_000_000);

const NAME_LETTERS = [
  'a',
  'Z',
  '0',
  ' ',
  ...'\' " ` \\ $ % _ # ; - . ( ) ! * ? & | < > { } [ ] ~ ^ @ ='.split(' '),
  'ä',
  'ß',
  '€',
  '字',
  "\\'",
  '\\_',
  '\\%',
  '\\\\',
  '%s',
  '--',
];
const PASSWORD_LETTERS = [...NAME_LETTERS, '\n', '\r', '\t', '🐬', '$(x)', '${HOME}', '\\n', "'; DROP", '/*', '*/'];
/** Texts that once broke something, or look as if they could. */
const KNOWN: readonly string[] = [
  'a_b',
  'a%b',
  'a\\b',
  'a\\_b',
  'a\\%',
  'a\\\\',
  '%',
  '_',
  "a'b",
  'a"b',
  'a`b',
  '#a',
  '-a',
  '--',
  ';',
  'a b',
  '$a',
];

const random = new Numbers(SEED);

function text(letters: readonly string[], most: number): string {
  return Array.from({ length: 1 + random.below(most) }, () => letters[random.below(letters.length)] ?? '').join('');
}

/** Servers take the spaces off the ends of a name, and no name of more than 32 letters. The number keeps names apart. */
function nameOf(raw: string, index: number): string {
  return `n${index}.${raw.slice(0, 24)}z`;
}

interface Sample {
  readonly name: string;
  readonly password: string;
}

const SAMPLES: readonly Sample[] = [
  ...KNOWN.map((raw) => ({ name: raw, password: raw })),
  ...Array.from({ length: COUNT }, () => ({ name: text(NAME_LETTERS, 8), password: text(PASSWORD_LETTERS, 16) })),
].map(({ name, password }, index) => ({ name: nameOf(name, index), password }));

/** A name that a pattern would match where only the name itself may count. */
function lookAlike(name: string): string {
  return name.replaceAll('\\', '').replaceAll('_', 'q').replaceAll('%', 'qq');
}

/** The samples as tab-separated lines of hexadecimal words, which bash reads without a thought about letters. */
function lines(): string {
  return SAMPLES.map(({ name, password }) => [name, password, lookAlike(name)].map(hex).join('\t')).join('\n');
}

function hex(value: string): string {
  return Buffer.from(value).toString('hex').toUpperCase();
}

/** Makes all accounts, and prints for each what it sees of itself: its name, its chosen database, all databases. */
const CODE = `
load do/accounts
samples=$(cat)

# unhex WORD: leaves the text in TEXT.
unhex() { printf -v TEXT '%b' "$(sed 's/../\\\\x&/g' <<< "$1")"; }

# each COMMAND...: runs it for every sample, with the texts in variables.
each() {
  local first second third
  while IFS=$'\\t' read -r first second third; do
    unhex "$first"; name=$TEXT
    unhex "$second"; password=$TEXT
    unhex "$third"; other=$TEXT
    "$@" < /dev/null
  done <<< "$samples"
}

make_account() {
  account_sql "$name" % "$password" NONE
  for database in "$name" "$other"; do printf 'CREATE DATABASE IF NOT EXISTS %s;\\n' "$(sql_name "$database")"; done
  printf 'GRANT ALL PRIVILEGES ON %s.* TO %s;\\n' "$(sql_schema_pattern "$name")" "$(sql_string "$name")@'%'"
}

look_around() {
  client_file "$RUN/nasty.cnf" "$name" "$password" "socket=$SOCKET" "database=$(option_string "$name")"
  printf "SELECT HEX(SUBSTRING(USER(), 1, CHAR_LENGTH(USER()) - 10)), HEX(DATABASE()),
    (SELECT GROUP_CONCAT(HEX(schema_name)) FROM information_schema.schemata
      WHERE schema_name NOT IN ('information_schema', 'performance_schema'));\\n" \
    | run_sql "$RUN/nasty.cnf" --skip-column-names || printf 'refused\\n'
}

each make_account | local_sql
each look_around 2>&1`;

function row(engine: EngineName): Row {
  return {
    name: `${engine}: ${SAMPLES.length} accounts log in with their passwords and see their own database alone`,
    run: () =>
      withRelease({ engine, method: defaultMethod(engine) }, async (release) => {
        const pod = await startPrimary(release);
        startShell(pod);
        const { status, output } = await withFunctions(pod, CODE, { input: `${lines()}\n`, seconds: 60 });
        assert.is(status, 0, `${output}(MYSQL_STS_SEED=${SEED})`);
        const answers = output.trimEnd().split('\n');
        SAMPLES.forEach((sample, index) => {
          const word = hex(sample.name);
          assert.is(
            answers[index],
            `${word}\t${word}\t${word}`,
            `${JSON.stringify(sample)} (MYSQL_STS_SEED=${SEED}): ${answers[index] ?? 'no answer'}`,
          );
        });
      }),
  };
}

table('quoting', ENGINES.map(row), { parallel: 2 });
