/** YAML as Helm reads it: version 1.1 without its clock times, in which `on` and `no` are booleans. */
import { Composer, isScalar, Lexer, LineCounter, Parser, type CST, type Document, type Tags, type YAMLError } from 'yaml';
import { OCTAL } from '../language/helm-yaml.ts';
import type { Finding } from './finding.ts';
import { placeOf, type Place, type SourceText, type Span } from './place.ts';

/** Nobody's values are nested this deep, and readers of YAML give up at some depth in ways of their own. */
const DEEPEST = 100;

/** What may not stand in a text of YAML: Helm's parser gives up there. */
const FORBIDDEN = /[^\t\n\r\x20-\x7E\x85\xA0-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

/** Finds characters of the text that was parsed. */
export type Locate = (start: number, end: number) => Span;

/** One document and the places in it, or what is wrong with the text. */
export type ParsedYaml =
  | { readonly isGood: true; readonly document: Document.Parsed | undefined; readonly locate: Locate }
  | { readonly isGood: false; readonly findings: readonly Finding[] };

/** Several documents and the places in them, or what is wrong with the text. */
export type ParsedStream =
  | { readonly isGood: true; readonly documents: readonly Document.Parsed[]; readonly locate: Locate }
  | { readonly isGood: false; readonly findings: readonly Finding[] };

/** Parses a text that holds one document of YAML. Looking for keys that appear twice is left to the reader. */
export function parseYaml(source: SourceText): ParsedYaml {
  const parsed = parseStream(source);
  if (!parsed.isGood) return parsed;
  const [document, ...others] = parsed.documents;
  const second = others.find((other) => !isEmpty(other));
  if (second === undefined) return { isGood: true, document, locate: parsed.locate };
  return { isGood: false, findings: [severalDocuments(placeOf(parsed.locate(second.range[0], second.range[0] + 1)))] };
}

/** Parses a text that may hold several documents. */
export function parseStream(source: SourceText): ParsedStream {
  const lines = new LineCounter();
  const locate: Locate = (start, end) => ({ source, lines, start, end });
  const tokens = tokensOf(source.text, lines);
  if (typeof tokens === 'number') return { isGood: false, findings: [tooDeep(placeOf(locate(tokens, tokens + 1)))] };
  const forbidden = source.text.search(FORBIDDEN);
  if (forbidden >= 0) return { isGood: false, findings: [invisible(source.text, forbidden, placeOf(locate(forbidden, forbidden + 1)))] };
  const composer = new Composer({ prettyErrors: false, schema: 'yaml-1.1', merge: true, uniqueKeys: false, customTags });
  const documents = [...composer.compose(tokens)];
  const errors = documents.flatMap((document) => document.errors).map((error) => syntaxFinding(error, placeOf(locate(...error.pos))));
  return errors.length > 0 ? { isGood: false, findings: errors } : { isGood: true, documents, locate };
}

/** Whether a document says nothing. */
export function isEmpty({ contents }: Document.Parsed): boolean {
  return contents === null || (isScalar(contents) && contents.value === null);
}

/** The text's tokens, or the offset at which it is nested too deep for the parser's own recursion. */
function tokensOf(text: string, lines: LineCounter): readonly CST.Token[] | number {
  const parser = new Parser(lines.addNewLine);
  const tokens: CST.Token[] = [];
  lines.addNewLine(0);
  for (const lexeme of new Lexer().lex(text)) {
    tokens.push(...parser.next(lexeme));
    if (parser.stack.length > DEEPEST) return parser.offset;
  }
  return [...tokens, ...parser.end()];
}

/** Helm's parser knows neither base-60 numbers nor times: they stay texts. */
function customTags(tags: Tags): Tags {
  return [OCTAL, ...tags.filter((tag) => !(typeof tag === 'object' && isClock(tag)))];
}

function isClock(tag: Tags[number] & object): boolean {
  return ('format' in tag && tag.format === 'TIME') || tag.tag === 'tag:yaml.org,2002:timestamp';
}

function severalDocuments(place: Place): Finding {
  return {
    code: 'SEVERAL_DOCUMENTS',
    path: '',
    place,
    message: 'A second document begins here, and versions of Helm differ in whether they read it.',
    cure: 'Put it into a file of its own, and name both files.',
  };
}

function invisible(text: string, offset: number, place: Place): Finding {
  const code = (text.codePointAt(offset) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  const message = `The character U+${code}, which nobody can see, stands here, and YAML does not allow it.`;
  return { code: 'NOT_YAML', path: '', place, message, cure: 'Remove it, or write it as an escape within double quotes.' };
}

function tooDeep(place: Place): Finding {
  const message = `The values are nested more than ${DEEPEST} levels deep here.`;
  return { code: 'NESTED_TOO_DEEP', path: '', place, message, cure: 'Check the brackets and the margin of this line.' };
}

function syntaxFinding(error: YAMLError, place: Place): Finding {
  const [message, cure] = syntaxSentences(error);
  return { code: 'NOT_YAML', path: '', place, message, ...(cure === undefined ? {} : { cure }) };
}

/** What the commonest slips mean for a person; the parser's own words for the rest. */
function syntaxSentences(error: YAMLError): readonly [message: string, cure?: string] {
  if (error.code === 'TAB_AS_INDENT') {
    return ['A tab stands in the margin, and YAML takes only spaces there.', 'Replace it with spaces.'];
  }
  if (error.code === 'BLOCK_AS_IMPLICIT_KEY') {
    return ['A second colon makes a map where a value should be.', 'Put the value in quotes, or begin a new line.'];
  }
  return [`This is not YAML: ${error.message}.`];
}
