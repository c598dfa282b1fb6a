/** What helm prints after an installation: each command in it must work as it is. */

import assert from 'node:assert/strict';
import { run } from './process.ts';
import { watchPods, type Release } from './release.ts';
import { secretValue } from './access.ts';

const DEADLINE = 300;

/** Runs the commands of the notes one after the other. The one that asks for a password gets it. */
export async function checkNotes(release: Release): Promise<void> {
  const { namespace, name, fullname } = release;
  const password = await secretValue(namespace, fullname, 'password');
  const outputs = [];
  for (const command of await commandsOf(release)) {
    const work = run('bash', ['-c', withoutTerminal(command)], { input: `${password}\n`, deadline: DEADLINE });
    outputs.push(await watchPods(namespace, work));
  }
  const seen = outputs.join('\n');
  assert.ok(seen.includes(password), 'the notes do not show how to get the password');
  assert.match(seen, /^app@%$/m, 'the notes do not show how to connect');
  assert.match(seen, /Phase: +Succeeded/, `the notes do not lead to helm test of ${name}`);
}

/** A client that has no terminal to talk to gets its statement with the command. */
function withoutTerminal(command: string): string {
  return command.includes(' exec -it ') ? `${command.replace(' exec -it ', ' exec -i ')} --execute='SELECT CURRENT_USER()'` : command;
}

async function commandsOf({ namespace, name }: Release): Promise<readonly string[]> {
  const notes = await run('helm', ['get', 'notes', name, '--namespace', namespace]);
  return [...notes.matchAll(/^ {2}((?:kubectl|helm) .*)$/gm)].map(([, command = '']) => command);
}
