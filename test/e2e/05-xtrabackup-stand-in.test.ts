/**
 * MySQL cloned by streaming over port 3307. XtraBackup itself cannot be had here: the image holds a STAND-IN with its
 * command line, files and stream, and the server's CLONE plugin for the copy.
 */

import assert from 'node:assert/strict';
import { kubectl } from './support/kubernetes.ts';
import { type Release } from './support/release.ts';
import { scenario } from './support/scenario.ts';
import { STAND_IN_SETTING } from './support/stand-in.ts';
import { writeRows } from './support/writer.ts';

scenario('xtrabackup-stand-in', (step) => {
  let release: Release;

  step('installs a primary and two replicas (XtraBackup STAND-IN)', async (world) => {
    release = await world.install('streamed', { clone: { method: 'xtrabackup' }, config: { common: STAND_IN_SETTING } });
    const log = await kubectl(world.namespace, ['logs', `${release.fullname}-1`, '--container', 'clone-mysql']);
    assert.match(log, /received [0-9]+ MiB from/);
  });

  step('replicates what is written then', () => writeRows(release, 100));
});
