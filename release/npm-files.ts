import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isObject } from '../generator/model/json-schema.ts';
import type { ArchivedFile } from './archive.ts';

/** The files that npm would publish. The program must have been built. */
export function npmFiles(root: string): readonly ArchivedFile[] {
  const programs = programPaths(root);
  return npmPaths(root).map((path) => ({
    path,
    content: readFileSync(join(root, path)),
    isProgram: programs.includes(path),
  }));
}

function npmPaths(root: string): readonly string[] {
  const args = ['pack', '--dry-run', '--json', '--ignore-scripts'];
  const answer: unknown = JSON.parse(execFileSync('npm', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }));
  const pack: unknown = Array.isArray(answer) ? answer[0] : undefined;
  const files = isObject(pack) ? pack['files'] : undefined;
  if (!Array.isArray(files)) throw new TypeError('npm pack --json names no files; this version of npm answers in another form.');
  return files.map((file: unknown) => {
    const path = isObject(file) ? file['path'] : undefined;
    if (typeof path !== 'string') throw new TypeError('npm pack --json names a file without a path.');
    return path;
  });
}

function programPaths(root: string): readonly string[] {
  const file: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const bin = isObject(file) ? file['bin'] : undefined;
  return isObject(bin) ? Object.values(bin).map(String) : [];
}
