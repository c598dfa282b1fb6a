import { GeneratorError } from '../errors/generator-error.ts';
import type { ChartFile } from '../files/chart-file.ts';
import { valueHelpers, type Use } from '../language/helpers.ts';
import { renderTemplate } from '../language/template-language.ts';
import type { Model } from '../model/model.ts';
import type { Template } from './read-templates.ts';

export interface RenderedTemplates {
  readonly files: readonly ChartFile[];
  /** Every place where a template names a value. */
  readonly uses: readonly Use[];
}

/** Renders the templates that may name values, and copies the files that are none. */
export function renderTemplates(templates: readonly Template[], model: Model, context: object): RenderedTemplates {
  const uses: Use[] = [];
  const files = templates.map((template): ChartFile => {
    const { file, path, text, isLiteral } = template;
    if (isLiteral) return { path, source: file, text };
    refuseHandWrittenPaths(template);
    return { path, source: file, text: renderTemplate(template, context, valueHelpers(model, file, uses)) };
  });
  return { files, uses };
}

function refuseHandWrittenPaths({ file, text }: Template): void {
  const line = text.split('\n').findIndex((content) => /\.Values\b/.test(content)) + 1;
  if (line === 0) return;
  const sentence =
    'A template must not write .Values itself, since nothing checks what follows. ' +
    'Use <% value %>, <% text %>, <% ref %>, <% root %> or <% yaml %>.';
  throw new GeneratorError('HAND_WRITTEN_PATH', file, line, sentence);
}
