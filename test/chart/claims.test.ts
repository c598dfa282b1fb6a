/** What the StatefulSet notes of its claims, for the next upgrade to compare, is what the claims are made from. */

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { HELMS, manifests, type Helm } from '../support/helm.ts';

const test = suite('claims');

type Values = Readonly<Record<string, unknown>>;

/** The class in the note, then the one of the claims, where they name one. */
function classes(version: Helm, values: Values): readonly string[] {
  const set = manifests(version, { values }).find(({ kind }) => kind === 'StatefulSet');
  return [...JSON.stringify(set).replaceAll('\\"', '"').matchAll(/"storageClassName":"([^"]*)"/g)].map(([, name = '']) => name);
}

const SLOW = { storageClassName: 'slow' };
const STATIC = { kind: 'static', static: { source: { nfs: { server: 'nas', path: '/data' } } } };

const CASES: readonly (readonly [what: string, values: Values, noted: string, claimed: readonly string[]])[] = [
  ["the cluster's default", {}, '', []],
  ['the class of all charts', { global: SLOW }, 'slow', ['slow']],
  ['one of its own', { global: SLOW, storage: { storageClassName: 'fast' } }, 'fast', ['fast']],
  ['none, for static volumes', { storage: STATIC }, '', ['']],
  ['none, for static volumes, whatever all charts have', { global: SLOW, storage: STATIC }, '', ['']],
  ['that of static volumes', { global: SLOW, storage: { ...STATIC, storageClassName: 'manual' } }, 'manual', ['manual']],
];

for (const version of HELMS) {
  for (const [what, values, noted, claimed] of CASES) {
    test(`${version}: the class of claims is ${what}`, () => {
      assert.equal(classes(version, values), [noted, ...claimed]);
    });
  }
}

test.run();
