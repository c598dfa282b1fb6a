/** What `kubectl describe` tells a user who knows nothing else. */

import { kubectl } from './kubernetes.ts';
import { condition, waitFor } from './progress.ts';

const DEADLINE = 240;

/** Waits until the description of an object, such as `pod/mysql-0`, says what it should. */
export async function untilDescribed(namespace: string, object: string, sentence: string | RegExp): Promise<void> {
  await waitFor({
    what: `kubectl describe ${object} to say ${String(sentence)}`,
    deadline: DEADLINE,
    look: async () => {
      const lines = await kubectl(namespace, ['describe', object]);
      const description = unfold(lines);
      const said = typeof sentence === 'string' ? description.includes(sentence) : sentence.test(description);
      return condition(said, `${object}: ${lastEvent(lines)}`);
    },
  });
}

function lastEvent(description: string): string {
  return unfold(description.trimEnd().split('\n').at(-1) ?? '').trim();
}

/** Long messages are broken into lines; for a reader they are one sentence. */
function unfold(description: string): string {
  return description.replaceAll(/\s+/g, ' ');
}
