import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';
import type { PlainValues } from '../../generator/rules/evaluate-rules.ts';
import { CHART, tool } from './tools.ts';

/** Both majors that the chart supports. */
export const HELMS = ['helm3', 'helm4'] as const;
export type Helm = (typeof HELMS)[number];

/** What a run of Helm said. */
export interface HelmResult {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Render {
  readonly chart?: string;
  readonly release?: string;
  readonly namespace?: string;
  readonly files?: readonly string[];
  readonly values?: PlainValues;
}

/** Runs Helm. */
export function helm(version: Helm, args: readonly string[]): HelmResult {
  const { status, stdout, stderr } = spawnSync(tool(version), args, { encoding: 'utf8', maxBuffer: 1 << 26 });
  return { status: status ?? 1, stdout, stderr };
}

/** Renders a chart, with values of a test laid over those of files. */
export function template(
  version: Helm,
  { chart = CHART, release = 'demo', namespace = 'shop', files = [], values = {} }: Render,
): HelmResult {
  const folder = mkdtempSync(join(tmpdir(), 'mysql-sts-'));
  try {
    const own = join(folder, 'values.yaml');
    writeFileSync(own, stringify(values));
    const valueFiles = [...files, own].flatMap((file) => ['--values', file]);
    return helm(version, ['template', release, chart, '--namespace', namespace, ...valueFiles]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Renders the chart without waiting, for tests that render it often. */
export function templateLater(version: Helm, values: PlainValues): Promise<HelmResult> {
  const args = ['template', 'demo', CHART, '--namespace', 'shop', '--values', '-'];
  return new Promise((resolve, reject) => {
    const run = execFile(tool(version), args, { maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      resolve({ status: error === null ? 0 : 1, stdout, stderr });
    });
    run.on('error', reject);
    run.stdin?.end(stringify(values));
  });
}

/** An object of Kubernetes, as far as tests look at it. */
export interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

/** Renders a chart that must render, and reads the objects. */
export function manifests(version: Helm, render: Render): readonly Manifest[] {
  const { status, stdout, stderr } = template(version, render);
  if (status !== 0) throw new Error(`${version} template failed: ${stderr}`);
  return objects(stdout);
}

/** The objects in a stream of YAML documents. */
export function objects(text: string): readonly Manifest[] {
  return parseAllDocuments(text)
    .map((document) => {
      const content: unknown = document.toJS();
      return content;
    })
    .filter(isManifest);
}

function isManifest(value: unknown): value is Manifest {
  return typeof value === 'object' && value !== null && 'kind' in value && 'metadata' in value;
}
