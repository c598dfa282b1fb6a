/**
 * Looks for known flaws in what this project is built from: npm's packages, by npm's advisory service, and the Go modules of
 * the tools, by a pinned copy of the Go vulnerability database. `--require-service` makes it an error that the service
 * cannot be reached; otherwise that is said, and nothing is claimed about npm's packages. audit.yaml explains what stays.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { isObject } from '../../generator/model/json-schema.ts';
import { ROOT } from '../support/tools.ts';
import { judge, readExceptions, type Finding } from './exceptions.ts';
import { goFindings } from './go-findings.ts';

const EXCEPTIONS = 'test/lint/audit.yaml';
const GROUPS = ['tools', 'kubernetes', 'lint', 'policies', 'publish', 'backup'];

const problems: string[] = [];

function say(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}

/** What npm's service says, or undefined when it says nothing. */
function npmFindings(): readonly Finding[] | undefined {
  const { stdout } = spawnSync('npm', ['audit', '--json'], { cwd: ROOT, encoding: 'utf8', maxBuffer: 1 << 26 });
  const answer: unknown = stdout.startsWith('{') ? JSON.parse(stdout) : undefined;
  const found = isObject(answer) ? answer['vulnerabilities'] : undefined;
  if (!isObject(found)) return undefined;
  return Object.values(found).map((one) => ({
    group: 'npm',
    id: isObject(one) ? String(one['name']) : '',
    about: isObject(one) ? String(one['severity']) : '',
  }));
}

function auditNpm(): readonly Finding[] {
  const findings = npmFindings();
  if (findings !== undefined) {
    say(`audit: npm's advisory service knows of ${findings.length} flaws in the packages of package-lock.json.`);
    return findings;
  }
  const sentence = "audit: npm's advisory service cannot be reached from here, so NOTHING is known about flaws in npm's packages.";
  say(sentence);
  if (process.argv.includes('--require-service')) problems.push(sentence);
  return [];
}

function auditGo(): readonly Finding[] {
  const database = execFileSync(join(ROOT, 'tools/vulndb.sh'), { encoding: 'utf8' }).trim();
  const all = GROUPS.flatMap((group) => goFindings(group, database));
  // The compiler is the machine's, not this project's; it is brought up to date without a change here.
  const compiler = new Set(all.filter(({ module }) => module === 'stdlib').map(({ id }) => id));
  if (compiler.size > 0)
    say(`audit: the Go of this machine has ${compiler.size} known flaws in packages that the tools use; a newer patch release mends them.`);
  return once(all.filter(({ module }) => module !== 'stdlib'));
}

/** A flaw that is in several packages counts once. */
function once(all: readonly Finding[]): readonly Finding[] {
  return [...new Map(all.map((finding) => [`${finding['group'] ?? ''} ${finding['id'] ?? ''}`, finding])).values()];
}

const exceptions = readExceptions(join(ROOT, EXCEPTIONS));
const whole = new Set(exceptions.filter(({ id }) => id === 'all').map(({ group }) => group));
const findings = [...auditNpm(), ...auditGo()].map((finding) => (whole.has(finding['group']) ? { ...finding, id: 'all' } : finding));
const { unexplained, stale } = judge(findings, exceptions);
for (const { group, id, about } of unexplained)
  problems.push(`${group ?? ''}: ${id ?? ''} (${about ?? ''}). Take a version without it, or explain in ${EXCEPTIONS} why it stays.`);
for (const { group, id } of stale)
  problems.push(`${EXCEPTIONS}: ${id ?? ''} is not found in ${group ?? ''} any more. Remove the exception.`);
problems.forEach(say);
process.exitCode = problems.length === 0 ? 0 : 1;
