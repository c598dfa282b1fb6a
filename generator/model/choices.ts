import { GeneratorError } from '../errors/generator-error.ts';
import type { Schema } from './json-schema.ts';

/** A word that a value may be. */
export interface Choice {
  readonly word: string;
  /** What the word means; empty where nobody says it. */
  readonly meaning: string;
}

/** The words that an enumeration allows, in the order in which the model explains them. */
export function choicesOf(schema: Schema): readonly Choice[] {
  const words = (schema.enum ?? []).map(String);
  if (schema.choices === undefined) return words.map((word) => ({ word, meaning: '' }));
  const choices = schema.choices.split('\n').map((line): Choice => {
    const [, word = '', meaning = ''] = /^\s*([^\s:]+):\s+(.+)$/.exec(line) ?? [];
    return { word, meaning };
  });
  const explained = choices.map((choice) => choice.word);
  if (explained.toSorted().join('\n') !== words.toSorted().join('\n')) {
    const sentence =
      `The tag @choices explains ${explained.join(', ')}, but the type allows ${words.join(', ')}. ` +
      'Write one line for each word, as word: meaning.';
    throw new GeneratorError('SCHEMA_KEYWORD', 'schema/values.ts', 1, sentence);
  }
  return choices;
}
