import { readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { GeneratorError } from '../errors/generator-error.ts';
import { listFiles } from '../files/list-files.ts';

/** A file of generator/templates. */
export interface Template {
  /** Path of the source, from the project's root. */
  readonly file: string;
  /** Path that the result has inside the chart. */
  readonly path: string;
  readonly text: string;
  /** Copied as it is: no template at all. */
  readonly isLiteral: boolean;
}

export interface TemplateSet {
  /** Rendered once for the chart. */
  readonly templates: readonly Template[];
  /** Rendered once for each engine. */
  readonly engineScript: Template;
}

const FOLDER = 'generator/templates';
const SUFFIX = '.hbs';
/** The script that each engine has its own edition of. */
export const ENGINE_SCRIPT = 'files/engine/engine.sh';

/** Reads all templates, in the order of their names. */
export async function readTemplates(root: string): Promise<TemplateSet> {
  const paths = await listFiles(join(root, FOLDER));
  const all = await Promise.all(paths.map((path) => readTemplate(root, path)));
  const engineScript = all.find((template) => template.path === ENGINE_SCRIPT);
  if (engineScript === undefined) {
    const sentence = 'The template is missing. It renders the words of each engine for the scripts.';
    throw new GeneratorError('TEMPLATE_SYNTAX', posix.join(FOLDER, `${ENGINE_SCRIPT}${SUFFIX}`), 1, sentence);
  }
  return { engineScript, templates: all.filter((template) => template !== engineScript) };
}

async function readTemplate(root: string, path: string): Promise<Template> {
  const isLiteral = !path.endsWith(SUFFIX);
  return {
    file: posix.join(FOLDER, path),
    path: isLiteral ? path : path.slice(0, -SUFFIX.length),
    text: await readFile(join(root, FOLDER, path), 'utf8'),
    isLiteral,
  };
}
