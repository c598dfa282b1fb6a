import { structuredPatch, type StructuredPatchHunk } from 'diff';

/** Where a line stands: the template that its document comes from, and the keys above it. */
interface Place {
  readonly document: string;
  readonly keys: string;
}

/**
 * What a text of manifests adds to another and takes away, as hunks under the places of their first changes. The heads have no line
 * numbers, which each earlier hunk would change. What changes in the same way in several places is shown once.
 */
export function differenceOf(base: string, text: string): string {
  const lines = base.split('\n');
  const places = new Map<string, Place[]>();
  for (const hunk of structuredPatch('', '', base, text, '', '', { context: 1 }).hunks) {
    const shown = `${hunk.lines.join('\n')}\n`;
    places.set(shown, [...(places.get(shown) ?? []), placeOfHunk(hunk, lines)]);
  }
  return [...places].map(([shown, all]) => headsOf(all) + shown).join('');
}

/** A line for each path of keys, with the documents that have it. */
function headsOf(places: readonly Place[]): string {
  const paths = [...new Set(places.map(({ keys }) => keys))];
  return paths
    .map((keys) => {
      const documents = places.filter((place) => place.keys === keys).map(({ document }) => document);
      return `@@ ${documents.join(', ')}${keys === '' ? '' : ` / ${keys}`} @@\n`;
    })
    .join('');
}

/** A hunk that begins with a whole document stands under the name of that one. */
function placeOfHunk({ oldStart, lines: changes }: StructuredPatchHunk, base: readonly string[]): Place {
  const index = changes.findIndex((line) => !line.startsWith(' '));
  const changed = changes.slice(index).map((line) => line.slice(1));
  const place = placeOf(changed[0] ?? '', base.slice(0, oldStart - 1 + index));
  return place.document === '' ? { ...place, document: documentOf(changed) } : place;
}

/** The place of a line by those before it, such as `statefulset` and `spec / containers / - name: agent / env`. */
function placeOf(line: string, before: readonly string[]): Place {
  const start = before.lastIndexOf('---') + 1;
  const above: string[] = [];
  let inner = line;
  for (const outer of before.slice(start).reverse()) {
    if (!contains(outer, inner)) continue;
    above.unshift(outer.trim().replace(/:$/, ''));
    inner = outer;
  }
  return { document: documentOf(before.slice(start)), keys: above.join(' / ') };
}

/** The template that the first of these lines which names one names; nothing if none does. */
function documentOf(lines: readonly string[]): string {
  const source = lines.find((line) => line.startsWith('# Source: ')) ?? '';
  return /([^/]+)\.yaml$/.exec(source)?.[1] ?? '';
}

/** Whether a line of YAML opens what a later line with nothing of less depth between them is a part of. */
function contains(outer: string, inner: string): boolean {
  if (/^\s*(#|$)/.test(outer)) return false;
  const difference = depthOf(inner) - depthOf(outer);
  return difference > 0 || (difference === 0 && isItem(inner) && !isItem(outer));
}

function depthOf(line: string): number {
  return line.length - line.trimStart().length;
}

function isItem(line: string): boolean {
  return line.trimStart().startsWith('- ');
}
