import { OWN_NAME, type Edition } from '../edition/edition.ts';
import type { ChartFile } from '../files/chart-file.ts';

/** Names of template parts, which all charts of a release share: two editions below one parent must not collide. */
const PART_NAME = new RegExp(`\\b(define|include|template) "${OWN_NAME}\\.`, 'g');

/** Gives the files of the chart the name and the source of an edition. */
export function applyEdition(edition: Edition, files: readonly ChartFile[]): readonly ChartFile[] {
  return files.filter((file) => isKept(edition, file)).map((file) => named(edition, file));
}

/** The values files for chart-testing try out this project's defaults; under others they may contradict. */
function isKept({ overrides }: Edition, { path }: ChartFile): boolean {
  const isOwn = overrides.content.kind === 'map' && overrides.content.entries.size === 0;
  return isOwn || !path.startsWith('ci/') || path === 'ci/default-values.yaml';
}

function named({ name, source }: Edition, file: ChartFile): ChartFile {
  if (file.path === 'values.yaml') return { ...file, source };
  if (name === OWN_NAME) return file;
  if (file.path === 'values.schema.json') {
    return { ...file, text: file.text.replace(`"Values of the chart ${OWN_NAME}"`, `"Values of the chart ${name}"`) };
  }
  return file.path.startsWith('templates/') ? { ...file, text: file.text.replaceAll(PART_NAME, `$1 "${name}.`) } : file;
}
