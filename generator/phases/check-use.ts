import { GeneratorError } from '../errors/generator-error.ts';
import type { Use } from '../language/helpers.ts';
import { leavesOf, type Model } from '../model/model.ts';

/**
 * Fails on a value that no template reads: a user would set it and nothing would happen. The compiler that finds its
 * place is loaded only then.
 */
export async function checkUse(model: Model, uses: readonly Use[]): Promise<void> {
  const [unused] = unusedPaths(model, uses);
  if (unused === undefined) return;
  const { locateValue } = await import('./locate-value.ts');
  const { file, line } = locateValue(unused);
  throw new GeneratorError('UNUSED_VALUE', file, line, `No template reads the value ${unused}. Use it or remove it.`);
}

/** Leaves that no template names, neither by themselves nor as part of a larger or smaller value. */
export function unusedPaths(model: Model, uses: readonly Use[]): readonly string[] {
  const used = new Set(uses.map((use) => use.path));
  return leavesOf(model.root)
    .map((leaf) => leaf.path)
    .filter((path) => ![...used].some((name) => isWithin(name, path) || isWithin(path, name)));
}

function isWithin(path: string, section: string): boolean {
  return path === section || path.startsWith(`${section}.`);
}
