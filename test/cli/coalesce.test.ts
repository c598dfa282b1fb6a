/** How values are laid over each other, held against Helm's own way with many trees at a time. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { effectiveValues } from '../../generator/check/chart-values.ts';
import { entryOf, mergeEntries } from '../../generator/check/entry.ts';
import type { PlainValues } from '../../generator/rules/evaluate-rules.ts';
import { isObject } from '../../generator/model/json-schema.ts';
import { HELMS, helm } from '../support/helm.ts';

const test = suite("values beside Helm's", { folder: '' });

const CASES = 400;
/** Repeats a run that failed: its seed is in every message. */
const SEED = Number(process.env['MYSQL_STS_SEED'] ?? Date.now() % 1_000_000);

interface Case {
  readonly defaults: PlainValues;
  readonly earlier: PlainValues;
  readonly later: PlainValues;
}

/** Trees of few keys, so that they meet; a chart's own defaults have no null. */
function trees(nulls: readonly null[]): fc.Arbitrary<PlainValues> {
  const leaf = fc.constantFrom<unknown>(...nulls, ...nulls, 0, 1, '', 'text', true, false, [], [1, 'a'], [{ a: 1 }]);
  const keys = fc.constantFrom('a', 'b', 'c', 'd.e', '__proto');
  const { tree } = fc.letrec<{ tree: PlainValues; node: unknown }>((tie) => ({
    node: fc.oneof({ depthSize: 'medium', withCrossShrink: true }, leaf, tie('tree')),
    tree: fc.dictionary(keys, tie('node'), { maxKeys: 4, noNullPrototype: true }),
  }));
  return tree;
}

const cases = fc.sample(fc.record<Case>({ defaults: trees([]), earlier: trees([null]), later: trees([null]) }), {
  numRuns: CASES,
  seed: SEED,
});

/** One tree of all cases, each under a key of its own. */
function together(pick: (each: Case) => PlainValues): string {
  return JSON.stringify(Object.fromEntries(cases.map((each, index) => [`case${index}`, pick(each)])));
}

/** The tree that the chart's template printed. */
function valuesIn(rendering: string): PlainValues {
  const document: unknown = parse(rendering);
  const text = isObject(document) ? document['values'] : undefined;
  const tree: unknown = JSON.parse(String(text));
  return isObject(tree) ? tree : {};
}

test.before((context) => {
  context.folder = mkdtempSync(join(tmpdir(), 'mysql-sts-'));
  const write = (file: string, text: string): void => {
    writeFileSync(join(context.folder, file), text);
  };
  mkdirSync(join(context.folder, 'chart/templates'), { recursive: true });
  write('chart/Chart.yaml', 'apiVersion: v2\nname: values\nversion: 1.0.0\n');
  write('chart/templates/values.yaml', 'values: {{ omit .Values "global" | toJson | quote }}\n');
  write(
    'chart/values.yaml',
    together(({ defaults }) => defaults),
  );
  write(
    'earlier.yaml',
    together(({ earlier }) => earlier),
  );
  write(
    'later.yaml',
    together(({ later }) => later),
  );
});
test.after(({ folder }) => {
  rmSync(folder, { recursive: true });
});

for (const version of HELMS) {
  test(`${CASES} trees are laid over others as ${version} does it`, ({ folder }) => {
    const files = ['earlier.yaml', 'later.yaml'].flatMap((file) => ['--values', join(folder, file)]);
    const { status, stdout, stderr } = helm(version, ['template', 'demo', join(folder, 'chart'), ...files]);
    assert.is(status, 0, stderr);
    const seen = valuesIn(stdout);
    for (const [index, { defaults, earlier, later }] of cases.entries()) {
      const ours = effectiveValues(defaults, mergeEntries(entryOf(earlier), entryOf(later)));
      const message = `${JSON.stringify(cases[index])} (MYSQL_STS_SEED=${SEED})`;
      assert.equal(ours, seen[`case${index}`], message);
    }
  });
}

test.run();
