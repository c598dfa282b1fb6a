/**
 * The only ways in which a template may name a value. Each checks the path against the model, notes that the value is
 * used, and prints Helm's syntax for it.
 */
import { GeneratorError } from '../errors/generator-error.ts';
import { typesOf, type Schema } from '../model/json-schema.ts';
import { isText, nearestPath, schemaAt, type Model } from '../model/model.ts';

/** Arguments as the template has them, and the line they are on. */
export type TemplateHelper = (args: readonly unknown[], line: number) => string;

/** That a template reads a value. */
export interface Use {
  readonly path: string;
  readonly file: string;
  readonly line: number;
}

/** The helpers of one template; they add to `uses`. */
export function valueHelpers(model: Model, file: string, uses: Use[]): Readonly<Record<string, TemplateHelper>> {
  const mistake = (line: number, sentence: string): GeneratorError => new GeneratorError('WRONG_HELPER', file, line, sentence);

  const known = (helper: string, args: readonly unknown[], line: number): KnownValue => {
    const [path] = args;
    if (typeof path !== 'string') throw mistake(line, `<% ${helper} %> needs the path of a value in quotes.`);
    const schema = schemaAt(model.schema, path);
    if (schema === undefined) {
      const sentence = `The model has no value ${path}. Did you mean ${nearestPath(model, path)}?`;
      throw new GeneratorError('UNKNOWN_PATH', file, line, sentence);
    }
    uses.push({ path, file, line });
    return { path, schema };
  };

  const scalar = (helper: string, args: readonly unknown[], line: number): KnownValue => {
    const found = known(helper, args, line);
    if (!isCollection(found.schema)) return found;
    const sentence = `${found.path} is a map or a list, which <% ${helper} %> cannot print. Use <% yaml "${found.path}" INDENT %>.`;
    throw mistake(line, sentence);
  };

  return {
    value: (args, line) => `{{ ${printed(scalar('value', args, line))} }}`,
    text: (args, line) => `{{ ${quoted(scalar('text', args, line))} }}`,
    ref: (args, line) => `.Values.${known('ref', args, line).path}`,
    root: (args, line) => `$.Values.${known('root', args, line).path}`,
    yaml: (args, line) => {
      const { path } = known('yaml', args, line);
      const indent = args[1];
      if (typeof indent !== 'number') throw mistake(line, `<% yaml "${path}" %> needs the number of columns to indent by.`);
      return `{{- toYaml .Values.${path} | nindent ${indent} }}`;
    },
  };
}

interface KnownValue {
  readonly path: string;
  readonly schema: Schema;
}

/** As the type that the value has: text is quoted, so that YAML reads it as text. */
function printed(value: KnownValue): string {
  return isText(value.schema) ? quoted(value) : unquoted(value);
}

/** As text, whatever the value's type: an environment variable, for one, must be. */
function quoted(value: KnownValue): string {
  return `${unquoted(value)} | quote`;
}

/** Helm reads all numbers as floating point and would print a large one as 4.294967e+09. */
function unquoted({ path, schema }: KnownValue): string {
  return typesOf(schema).includes('integer') ? `.Values.${path} | int` : `.Values.${path}`;
}

function isCollection(schema: Schema): boolean {
  const types = typesOf(schema);
  return types.includes('object') || types.includes('array');
}
