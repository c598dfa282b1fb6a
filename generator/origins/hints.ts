/** What a key of another chart is called here. */
import { ORIGINS } from './origins.ts';
import { keysOf, leadsTo, pathOf } from './paths.ts';
import type { Row } from './row.ts';

/** Our path, or a sentence. */
export type Hint = { readonly kind: 'path'; readonly path: string } | { readonly kind: 'sentence'; readonly sentence: string };

/** More paths than these say nothing. */
const MOST_PATHS = 3;

const SECRETS = {
  account: 'Passwords come from a Secret, which auth.existingSecret names; without one, the chart makes random ones.',
  certificate: 'Certificates come from a Secret: set tls.mode to secret, and tls.secretName.',
  other: 'Keys and passwords have no place in values: they belong into a Secret.',
};

const ROWS: readonly Row[] = ORIGINS.filter(({ shape }) => shape === 'values').flatMap(({ rows }) => rows);

/** What a key means where another chart has it at this place, or one of this name anywhere. */
export function foreignHint(keys: readonly string[]): Hint | undefined {
  const rows = ROWS.filter(({ from }) => from === pathOf(keys));
  const section = sectionHint(keys);
  return rows[0]?.kind === 'drop' && section?.kind === 'path' ? section : (hintOf(rows) ?? section);
}

/** The same for a key that other charts have, but elsewhere. */
export function foreignWordHint(key: string): Hint | undefined {
  return hintOf(ROWS.filter(({ from }) => keysOf(from).at(-1) === key));
}

function hintOf(rows: readonly Row[]): Hint | undefined {
  const [row] = rows;
  switch (row?.kind) {
    case undefined:
      return undefined;
    case 'move':
      return pathsHint(rows);
    case 'password':
      return { kind: 'sentence', sentence: SECRETS[row.secret === 'certificate' || row.secret === 'other' ? row.secret : 'account'] };
    case 'drop':
    case 'lack':
      return { kind: 'sentence', sentence: row.because };
  }
}

function pathsHint(rows: readonly Row[]): Hint | undefined {
  const paths = [...new Set(rows.flatMap((row) => (row.kind === 'move' ? [row.to] : [])))];
  if (paths.length === 0 || paths.length > MOST_PATHS) return undefined;
  return { kind: 'path', path: paths.length === 1 ? String(paths[0]) : `${paths.slice(0, -1).join(', ')} or ${paths.at(-1) ?? ''}` };
}

/** A section of another chart: the section here that most of it went to. */
function sectionHint(keys: readonly string[]): Hint | undefined {
  const below = ROWS.flatMap((row) =>
    row.kind === 'move' && leadsTo(keys, keysOf(row.from)) ? [row.to.split('.').slice(0, -1).join('.')] : [],
  );
  const sections = [...new Set(below)].filter((section) => section !== '');
  const [only] = sections;
  if (only === undefined) return undefined;
  if (sections.length === 1) return { kind: 'path', path: only };
  const roots = [...new Set(sections.map((section) => section.split('.')[0] ?? ''))];
  return roots.length === 1
    ? { kind: 'path', path: roots[0] ?? '' }
    : {
        kind: 'sentence',
        sentence: `Other charts have this; here it is spread over ${roots.slice(0, 6).join(', ')}. mysql-sts convert translates such files.`,
      };
}
