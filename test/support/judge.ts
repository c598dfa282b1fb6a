/** What Kubernetes' API server would say against objects, by its own validation (test/objects). */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './tools.ts';

/** Complaints about the objects in a stream of YAML documents, a line each; none when all would be taken. */
export function complaintsAbout(manifests: string): readonly string[] {
  const { status, stdout, stderr } = spawnSync(join(ROOT, 'tools/with.sh'), ['objects', 'judge'], {
    input: manifests,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  if (status !== 0) throw new Error(`The objects could not be judged: ${stderr}`);
  return stdout.split('\n').filter((line) => line !== '');
}
