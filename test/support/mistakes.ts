import { GeneratorError } from '../../generator/errors/generator-error.ts';

/** The mistake that a piece of work reports, as a person reads it; fails when there is none. */
export function mistakeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof GeneratorError) return error.toString();
    throw error;
  }
  throw new Error('The work reports no mistake.');
}
