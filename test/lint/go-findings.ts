/** What govulncheck finds in a group of Go tools: flaws in packages that go into a program, not merely in modules that are named. */
import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { isObject } from '../../generator/model/json-schema.ts';
import { ROOT } from '../support/tools.ts';
import type { Finding } from './exceptions.ts';

/** Programs of a module that no tool directive names. */
const OWN_PROGRAMS: Readonly<Record<string, readonly string[]>> = { kubernetes: ['./coredns', './kubernetes-node'] };

/** Modules that do not lie in tools/ under their own names. */
const FOLDERS: Readonly<Record<string, string>> = { tools: 'tools', backup: 'test/cluster/storage' };

export function goFindings(group: string, database: string): readonly Finding[] {
  const folder = join(ROOT, FOLDERS[group] ?? join('tools', group));
  const tools = (): readonly string[] =>
    execFileSync('go', ['list', '-C', folder, '-f', '{{.ImportPath}}', 'tool'], { encoding: 'utf8' }).trim().split('\n');
  const programs = OWN_PROGRAMS[group] ?? tools();
  const args = ['lint', 'govulncheck', '-C', folder, '-db', `file://${database}`, '-scan', 'package', '-format', 'json', ...programs];
  const { status, stdout, stderr } = spawnSync(join(ROOT, 'tools/with.sh'), args, { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(`govulncheck could not look at tools/${group}: ${stderr}`);
  return messages(stdout).flatMap((message) => findingOf(group, message));
}

/** Its output is one JSON object after the other, each indented and closed in the first column. */
function messages(text: string): readonly unknown[] {
  return text
    .split(/(?<=^\})\n/m)
    .filter((part) => part.trim() !== '')
    .map((part): unknown => JSON.parse(part));
}

function findingOf(group: string, message: unknown): readonly Finding[] {
  const finding = isObject(message) ? message['finding'] : undefined;
  const trace = isObject(finding) ? finding['trace'] : undefined;
  const place: unknown = Array.isArray(trace) ? trace[0] : undefined;
  if (!isObject(finding) || !isObject(place) || place['package'] === undefined) return [];
  const fixed = typeof finding['fixed_version'] === 'string' ? `mended in ${finding['fixed_version']}` : 'not mended yet';
  const module = String(place['module']);
  return [{ group, id: String(finding['osv']), module, about: `${module} ${String(place['version'])}, ${fixed}` }];
}
