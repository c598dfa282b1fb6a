/** Where the test clusters put volumes. */
import type { V1PersistentVolumeClaim } from '@kubernetes/client-node';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ANSWERS_TO, CLASSES_OF_NODES, nodeChosenFor, PROVISIONER, STORAGE_CLASSES } from '../cluster/provisioner/objects.ts';

const test = suite('volumes of the test clusters');

function claimWith(annotations: Readonly<Record<string, string>>): V1PersistentVolumeClaim {
  return { metadata: { annotations: { [ANSWERS_TO]: PROVISIONER, ...annotations } }, status: { phase: 'Pending' } };
}

test('one node gives volumes at once, several wait for the scheduler', () => {
  const modes = [...STORAGE_CLASSES, ...CLASSES_OF_NODES].map(({ volumeBindingMode }) => volumeBindingMode);
  assert.equal(modes, ['Immediate', 'Immediate', 'WaitForFirstConsumer']);
});

test('a claim has no node until the scheduler has chosen one', () => {
  assert.is(nodeChosenFor(claimWith({})), undefined);
  assert.is(nodeChosenFor(claimWith({ 'volume.kubernetes.io/selected-node': 'node-2' })), 'node-2');
});

test.run();
