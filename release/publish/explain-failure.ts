import { InputError } from '../../generator/errors/input-error.ts';
import { PublishFailure } from './failure.ts';
import { ProgramFailure } from './run.ts';

const REFUSED = /unauthorized|denied|forbidden|\b40[13]\b|credential/i;
const LOCKED = /decrypt/i;
const BROKEN_OFF = /\bEOF\b|reset by peer|broken pipe|connection refused|timeout|no such host|unreachable/i;

/** The sentence for the person who publishes; nothing for a defect of this program. */
export function explainFailure(error: unknown, registry: string): string | undefined {
  if (error instanceof PublishFailure || error instanceof InputError) return error.message;
  if (!(error instanceof ProgramFailure)) return undefined;
  if (LOCKED.test(error.words)) {
    return `The key cannot be opened: export its password as COSIGN_PASSWORD, and run the same command again. (${error.message})`;
  }
  if (REFUSED.test(error.words)) {
    return `${registry} refuses these credentials. Set REGISTRY_USER and REGISTRY_PASSWORD, or run helm registry login. (${error.message})`;
  }
  if (BROKEN_OFF.test(error.words)) {
    return `The connection to ${registry} broke off. Run the same command again: it goes on with what is missing. (${error.message})`;
  }
  return error.message;
}
