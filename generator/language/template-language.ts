/**
 * The language of generator/templates: Handlebars between `<%` and `%>`, everything else as it stands. Helm's own
 * actions between `{{` and `}}` are text here.
 */
import Handlebars from 'handlebars';
import { GeneratorError } from '../errors/generator-error.ts';
import { valueAt } from '../model/model.ts';
import type { TemplateHelper } from './helpers.ts';

/** A template and where it came from, for messages. */
export interface TemplateSource {
  readonly file: string;
  readonly text: string;
}

/** Renders one template. */
export function renderTemplate(source: TemplateSource, context: object, helpers: Readonly<Record<string, TemplateHelper>> = {}): string {
  const handlebars = Handlebars.create();
  for (const [name, helper] of Object.entries(helpers)) {
    handlebars.registerHelper(name, (...args: unknown[]) => helper(args.slice(0, -1), lineOf(args.at(-1))));
  }
  const knownHelpers = Object.fromEntries(Object.keys(helpers).map((name) => [name, true]));
  try {
    const template = handlebars.compile<object>(handlebarsSyntax(source.text), {
      strict: true,
      noEscape: true,
      knownHelpers,
      knownHelpersOnly: true,
    });
    return template(context);
  } catch (error) {
    throw error instanceof GeneratorError ? error : syntaxError(source.file, error);
  }
}

/** Handlebars has no setting for its delimiters; a backslash keeps it from reading Helm's. */
function handlebarsSyntax(text: string): string {
  return text.replaceAll('{{', '\\{{').replaceAll('<%', '{{').replaceAll('%>', '}}');
}

/** Handlebars tells a helper where it is called, but its types do not say so. */
function lineOf(options: unknown): number {
  const line = valueAt(options, 'loc.start.line');
  return typeof line === 'number' ? line : 1;
}

function syntaxError(file: string, error: unknown): GeneratorError {
  const message = error instanceof Error ? error.message : String(error);
  const line = valueAt(error, 'lineNumber') ?? /Parse error on line (\d+)/.exec(message)?.[1] ?? 1;
  const [firstLine = message] = message.split('\n');
  return new GeneratorError('TEMPLATE_SYNTAX', file, Number(line), `The template does not render: ${firstLine}.`);
}
