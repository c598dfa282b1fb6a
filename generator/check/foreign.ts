/** Values of other charts among those that are judged. */
import type { Schema } from '../model/json-schema.ts';
import { schemaBelow } from '../model/model.ts';
import { recognise, type Features, type Recognition } from '../origins/recognise.ts';
import { nearestEntry, type Entry } from './entry.ts';
import type { Finding } from './finding.ts';
import { leafEntries } from './leaves.ts';
import { placeOf, type SourceText } from './place.ts';
import { pathText } from './words.ts';

/** What tells whose values these are. */
export function foreignFeatures(entry: Entry, { file, text }: SourceText, schema: Schema): Features {
  return {
    // What a parent chart shares belongs to everybody.
    leaves: leafEntries(entry)
      .map(({ keys }) => keys)
      .filter(([first]) => first !== 'global'),
    isOurs: (keys) => schemaBelow(schema, keys) !== undefined,
    text: `${file}\n${text}`,
  };
}

/** One finding for a file that is another chart's, in place of one for each of its keys. */
export function foreignValues(entry: Entry, source: SourceText, schema: Schema): Finding | undefined {
  const found = recognise(foreignFeatures(entry, source, schema));
  if (found.kind === 'none' || (found.kind === 'several' && found.marks[1].title === 'this chart')) return undefined;
  return foreignFinding(found, entry);
}

/** What there is to say of values that are not ours. */
export function foreignFinding(found: Exclude<Recognition, { readonly kind: 'none' }>, entry: Entry): Finding {
  switch (found.kind) {
    case 'one': {
      const message = `These are values of ${found.origin.title}, as ${pathText(found.mark.keys)} shows.`;
      return finding(entry, found.mark.keys, message, 'mysql-sts convert FILE translates them.');
    }
    case 'unclear': {
      const titles = found.origins.map(({ title }) => title).join(' or ');
      const message = `These are values of ${titles}, as ${pathText(found.mark.keys)} shows.`;
      const [name = ''] = found.origins.map((origin) => origin.name);
      return finding(entry, found.mark.keys, message, `Say which: mysql-sts convert FILE --from ${name} translates them.`);
    }
    case 'several': {
      const [one, other] = found.marks;
      const message = `Values of two charts stand in one file: ${pathText(one.keys)} is one of ${one.title}, ${pathText(other.keys)} one of ${other.title}.`;
      return { ...finding(entry, other.keys, message, 'Give each chart a file of its own.'), code: 'TWO_ORIGINS' };
    }
  }
}

function finding(root: Entry, keys: readonly string[], message: string, cure: string): Finding {
  const { entry } = nearestEntry(root, keys);
  return { code: 'OTHER_CHART', path: '', place: entry.keySpan && placeOf(entry.keySpan), message, cure };
}
