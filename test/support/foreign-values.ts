/** Files as people of other charts may have them: any of the values that a table knows, with any content. */
import fc from 'fast-check';
import { stringify } from 'yaml';
import { keysOf } from '../../generator/origins/paths.ts';
import type { Origin, Row } from '../../generator/origins/row.ts';

/** What a value may be: usual contents, and some that are wrong wherever they stand. */
const ANY: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    '',
    'standalone',
    'replication',
    true,
    false,
    null,
    0,
    3,
    -1,
    '8Gi',
    '250m',
    'soft',
    'hard',
    'small',
    '30306',
    'NodePort',
  ),
  fc.constantFrom<unknown>(
    [],
    {},
    ['ReadWriteOnce'],
    ['a', 1],
    { a: 'b' },
    { cpu: 1 },
    [{ name: 'x', value: 'y' }],
    [{ name: 'x', image: 'z' }],
  ),
  fc.constantFrom<unknown>('{{ .Values.x }}', '[mysqld]\nmax_connections=3', '8.0.36', '11.4.2', { requests: { cpu: '1', memory: '1Gi' } }),
  fc.string({ maxLength: 12 }),
  fc.integer(),
  fc.dictionary(fc.string({ minLength: 1, maxLength: 6 }), fc.oneof(fc.string(), fc.integer(), fc.boolean()), { maxKeys: 3 }),
);

/** A password that no other text contains by chance. */
export const PASSWORD: fc.Arbitrary<string> = fc.stringMatching(/^pw[A-Za-z0-9]{10,20}$/);

export interface ForeignFile {
  readonly text: string;
  readonly passwords: readonly string[];
}

/** A file of an origin, which may have keys that nobody knows as well. */
export function foreignFile(origin: Origin): fc.Arbitrary<ForeignFile> {
  const paths = [...new Set(origin.rows.map(({ from }) => from))];
  const secrets = origin.rows.filter((row: Row) => row.kind === 'password').map(({ from }) => from);
  const values = fc.array(fc.tuple(fc.constantFrom(...paths, 'nobody.knows'), ANY), { maxLength: 14 });
  const passwords = fc.array(fc.tuple(fc.constantFrom(...(secrets.length > 0 ? secrets : ['nothing'])), PASSWORD), { maxLength: 3 });
  return fc
    .tuple(values, passwords)
    .map(([plain, secret]) => ({ text: fileText([...plain, ...secret]), passwords: secret.map(([, text]) => text) }));
}

function fileText(values: readonly (readonly [string, unknown])[]): string {
  const root: Record<string, unknown> = {};
  for (const [path, value] of values) place(root, keysOf(path), value);
  return stringify(root, { version: '1.1', aliasDuplicateObjects: false });
}

/** Puts a value in its place, unless one above it is there already. */
function place(root: Record<string, unknown>, keys: readonly string[], value: unknown): void {
  const [key = '', ...below] = keys;
  if (below.length === 0) {
    root[key] = value;
    return;
  }
  const inner = root[key] ?? {};
  if (typeof inner !== 'object' || Array.isArray(inner)) return;
  const copy = { ...inner };
  place(copy, below, value);
  root[key] = copy;
}
