/** Runs kube-score over what the chart makes of each values file of chart/ci. kube-score.yaml explains what stays as it is. */
import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isObject } from '../../generator/model/json-schema.ts';
import { CHART, ROOT, tool } from '../support/tools.ts';
import { judge, readExceptions, type Finding } from './exceptions.ts';

const EXCEPTIONS = 'test/lint/kube-score.yaml';
/** From this grade on a check has nothing to say. */
const CLEAN = 10;

function findingsOf(file: string): readonly Finding[] {
  const manifests = execFileSync(tool('helm4'), ['template', 'demo', CHART, '--namespace', 'shop', '--values', join(CHART, 'ci', file)]);
  const args = ['lint', 'kube-score', 'score', '--output-format=json', '--enable-optional-test=container-seccomp-profile', '-'];
  // It ends with status 1 when it has findings.
  const { stdout, stderr } = spawnSync(join(ROOT, 'tools/with.sh'), args, { input: manifests, encoding: 'utf8', maxBuffer: 1 << 26 });
  const objects: unknown = stdout.startsWith('[') ? JSON.parse(stdout) : undefined;
  if (!Array.isArray(objects) || objects.length === 0) throw new Error(`kube-score judged nothing of ${file}: ${stderr}`);
  return objects.flatMap((object: unknown) =>
    list(object, 'checks').flatMap((check) => findingsOfCheck(file, text(object, 'object_name'), check)),
  );
}

function findingsOfCheck(file: string, object: string, check: unknown): readonly Finding[] {
  const grade = isObject(check) && check['skipped'] === false ? check['grade'] : CLEAN;
  if (typeof grade !== 'number' || grade >= CLEAN) return [];
  return list(check, 'comments').map((comment) => ({
    file,
    check: text(isObject(check) ? check['check'] : undefined, 'id'),
    summary: text(comment, 'summary'),
    where: `${object} ${text(comment, 'path')}`.trimEnd(),
  }));
}

function list(value: unknown, key: string): readonly unknown[] {
  const found = isObject(value) ? value[key] : undefined;
  return Array.isArray(found) ? found : [];
}

function text(value: unknown, key: string): string {
  const found = isObject(value) ? value[key] : undefined;
  return typeof found === 'string' ? found : '';
}

const files = readdirSync(join(CHART, 'ci'));
const findings = files.flatMap(findingsOf);
const { unexplained, stale } = judge(findings, readExceptions(join(ROOT, EXCEPTIONS)));
for (const { file, where, check, summary } of unexplained)
  process.stderr.write(`${file ?? ''}: ${where ?? ''}: ${summary ?? ''} (${check ?? ''}). Mend it, or explain it in ${EXCEPTIONS}.\n`);
for (const { check, summary } of stale)
  process.stderr.write(`${EXCEPTIONS}: nothing needs the exception from ${check ?? ''} (${summary ?? ''}) any more. Remove it.\n`);
process.exitCode = unexplained.length + stale.length === 0 ? 0 : 1;
