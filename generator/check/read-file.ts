/** Reads a file that a person has values in: a values file, or something that values are wrapped in. */
import type { Schema } from '../model/json-schema.ts';
import type { Entry } from './entry.ts';
import type { Finding } from './finding.ts';
import { foreignValues } from './foreign.ts';
import type { SourceText } from './place.ts';
import { readValues } from './read-values.ts';
import { bareObject, sealedFile, withoutTitle, wrappedValues } from './wrapping.ts';

/** What a file says, as far as it can be read, and what is wrong with it before anybody judges its values. */
export interface ReadFile {
  readonly entry: Entry | undefined;
  readonly findings: readonly Finding[];
  /** Whether its values are another chart's, so that nobody needs to judge them. */
  readonly isForeign: boolean;
}

/** Reads the values of a file through a HelmRelease, an Application or what `helm get values` prints. */
export function readFile(given: SourceText, schema: Schema): ReadFile {
  const source = withoutTitle(given);
  const read = readValues(source);
  const { entry } = read;
  const sealed = sealedFile(source, entry);
  if (sealed !== undefined) return { entry: undefined, findings: [sealed], isForeign: false };
  const wrapped = entry && wrappedValues(entry, source);
  if (wrapped?.kind === 'text') return readFile(wrapped.source, schema);
  const values = wrapped?.entry ?? entry;
  const foreign = values && (bareObject(values) ?? foreignValues(values, source, schema));
  if (foreign !== undefined) return { entry: values, findings: [foreign], isForeign: true };
  return { entry: values, findings: read.isGood ? [] : read.findings, isForeign: false };
}
