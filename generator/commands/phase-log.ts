import type { Made } from '../generate.ts';
import { note } from './terminal.ts';

const NAME_WIDTH = 24;

/** Prints a line for each phase: its name, the time since the one before, and the size of what it made as JSON. */
export function phaseLog(): Made {
  let last = performance.now();
  return (phase, result) => {
    const now = performance.now();
    const size = (Buffer.byteLength(JSON.stringify(result)) / 1024).toFixed(1);
    const files = Array.isArray(result) ? ` in ${result.length} files` : '';
    note(`${phase.padEnd(NAME_WIDTH)} ${(now - last).toFixed(0).padStart(6)} ms ${size.padStart(9)} KiB${files}`);
    last = performance.now();
    return result;
  };
}
