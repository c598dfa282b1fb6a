/** Values that lie in something else: an object of a GitOps tool, what Helm prints, a file that is a template or encrypted. */
import type { Entry } from './entry.ts';
import type { Finding } from './finding.ts';
import { entryAt } from './leaves.ts';
import { placeOf, type SourceText } from './place.ts';

/** Values as a map in the same text, or as a text of their own. */
export type Wrapped =
  | { readonly kind: 'map'; readonly path: string; readonly entry: Entry }
  | { readonly kind: 'text'; readonly path: string; readonly source: SourceText };

/** Where the objects of GitOps tools have values. */
const PLACES: readonly (readonly [kind: string, path: string])[] = [
  ['HelmRelease', 'spec.values'],
  ['HelmChart', 'spec.valuesContent'],
  ['Application', 'spec.source.helm.valuesObject'],
  ['Application', 'spec.source.helm.values'],
];

/** The values inside an object, if this is one that has values. */
export function wrappedValues(entry: Entry, { file }: SourceText): Wrapped | undefined {
  const kind = scalarAt(entry, 'kind');
  for (const [, path] of PLACES.filter(([owner]) => owner === kind)) {
    const found = entryAt(entry, path.split('.'));
    if (found?.content.kind === 'map') return { kind: 'map', path, entry: found };
    const text = found?.content.kind === 'scalar' ? found.content.value : undefined;
    if (typeof text === 'string') return { kind: 'text', path, source: { file: `${file} (${path})`, text } };
  }
  return undefined;
}

/** A text of an object, as its kind. */
export function scalarAt(entry: Entry, path: string): string | undefined {
  const found = entryAt(entry, path.split('.'));
  return found?.content.kind === 'scalar' && typeof found.content.value === 'string' ? found.content.value : undefined;
}

/** An object of Kubernetes that holds no values. */
export function bareObject(entry: Entry): Finding | undefined {
  const [version, kind] = [scalarAt(entry, 'apiVersion'), scalarAt(entry, 'kind')];
  const span = entryAt(entry, ['kind'])?.keySpan;
  if (version === undefined || kind === undefined || span === undefined) return undefined;
  const message = `This is an object of Kubernetes, a ${kind}, and no values are in it.`;
  return {
    code: 'OTHER_CHART',
    path: '',
    place: placeOf(span),
    message,
    cure: 'mysql-sts convert translates objects that are a database.',
  };
}

const PRINTED = /^(?:USER-SUPPLIED|COMPUTED) VALUES:[ \t]*$/m;

/** What `helm get values` prints begins with a title. Its place is kept, so that lines keep their numbers. */
export function withoutTitle({ file, text }: SourceText): SourceText {
  return { file, text: text.replace(PRINTED, (title) => '#'.padEnd(title.length)) };
}

/** What kind of file it is whose values only another program can bring out. */
export function sealedFile(source: SourceText, entry: Entry | undefined): Finding | undefined {
  const sops = entry && entryAt(entry, ['sops']);
  if (sops?.content.kind === 'map' && sops.content.entries.has('mac')) {
    return sealed(sops, 'sops has encrypted this file.', `Decrypt it first: sops decrypt ${source.file}.`);
  }
  if (entry === undefined && /^[ \t]*\{\{[-~ ]?/m.test(source.text)) {
    return sealed(
      undefined,
      'This is a template: lines of it begin with {{.',
      'Render it first, as helmfile template or gomplate do, and give the result to this command.',
    );
  }
  return undefined;
}

function sealed(entry: Entry | undefined, message: string, cure: string): Finding {
  const span = entry?.keySpan;
  return { code: 'SEALED', path: '', place: span && placeOf(span), message, cure };
}
