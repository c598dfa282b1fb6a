/**
 * The only ways in which a template may name a value. Each checks the path against the model, notes that the value is
 * used, and prints Helm's syntax for it.
 */
import { GeneratorError } from './errors.ts';
import { typesOf, type Schema } from './json-schema.ts';
import { isText, nearestPath, schemaAt, type Model } from './model.ts';

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
  const schemaOf = (helper: string, args: readonly unknown[], line: number): [string, Schema] => {
    const [path] = args;
    if (typeof path !== 'string') {
      throw new GeneratorError('WRONG_HELPER', file, line, `<% ${helper} %> needs the path of a value in quotes.`);
    }
    const schema = schemaAt(model.schema, path);
    if (schema === undefined) {
      const sentence = `The model has no value ${path}. Did you mean ${nearestPath(model, path)}?`;
      throw new GeneratorError('UNKNOWN_PATH', file, line, sentence);
    }
    uses.push({ path, file, line });
    return [path, schema];
  };

  return {
    value: (args, line) => {
      const [path, schema] = schemaOf('value', args, line);
      if (isCollection(schema)) {
        const sentence = `${path} is a map or a list, which <% value %> cannot print. Use <% yaml "${path}" INDENT %>.`;
        throw new GeneratorError('WRONG_HELPER', file, line, sentence);
      }
      return `{{ .Values.${path}${filter(schema)} }}`;
    },
    ref: (args, line) => `.Values.${schemaOf('ref', args, line)[0]}`,
    root: (args, line) => `$.Values.${schemaOf('root', args, line)[0]}`,
    yaml: (args, line) => {
      const [path] = schemaOf('yaml', args, line);
      const indent = args[1];
      if (typeof indent !== 'number') {
        throw new GeneratorError('WRONG_HELPER', file, line, `<% yaml "${path}" %> needs the number of columns to indent by.`);
      }
      return `{{- toYaml .Values.${path} | nindent ${indent} }}`;
    },
  };
}

function isCollection(schema: Schema): boolean {
  const types = typesOf(schema);
  return types.includes('object') || types.includes('array');
}

/** Quotes text; prints whole numbers as such, since Helm reads numbers of a file as floating point. */
function filter(schema: Schema): string {
  if (isText(schema)) return ' | quote';
  return typesOf(schema).includes('integer') ? ' | int' : '';
}
