/** promtool of the test image, run with that image's own libraries, so that it needs no container. */

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { metricsRoot } from './images.ts';

/** Runs promtool in a folder; its failure is an error with its words. */
export async function promtool(folder: string, ...args: readonly string[]): Promise<string> {
  const root = await metricsRoot('prometheus');
  const loader = join(root, 'usr/lib64/ld-linux-x86-64.so.2');
  const libraries = join(root, 'usr/lib/x86_64-linux-gnu');
  return new Promise((resolve, reject) => {
    const words = ['--library-path', libraries, join(root, 'usr/bin/promtool'), ...args];
    execFile(loader, words, { cwd: folder }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`promtool ${args.join(' ')}:\n${stdout}${stderr}`));
    });
  });
}
