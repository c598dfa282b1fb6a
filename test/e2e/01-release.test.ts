/** The life of a release with default values: installed, used, upgraded, disturbed, removed and brought back. */

import assert from 'node:assert/strict';
import { kubectl } from './support/kubernetes.ts';
import { nameOf, roleOf } from './support/pods.ts';
import { untilHolds } from './support/progress.ts';
import { checkNotes } from './support/notes.ts';
import { untilDescribed } from './support/describe.ts';
import { checkRefused } from './support/refusal.ts';
import { helmUpgrade, podsOf, untilReady, type Overrides, type Release } from './support/release.ts';
import { scenario, type Step } from './support/scenario.ts';
import { checkSecrecy } from './support/secrecy.ts';
import { checkRoute, ServiceWatch } from './support/services.ts';
import { podSql } from './support/sql.ts';
import { filesOnVolumeOf } from './support/volumes.ts';
import { Writer, writeRows } from './support/writer.ts';

const NAME = 'mysql-sts';

/** What Kubernetes would refuse when half of the upgrade is done, and what Helm would do to the release's own Secrets. */
const IMPOSSIBLE: readonly { readonly what: string; readonly values: Overrides; readonly message: RegExp }[] = [
  {
    what: 'larger volumes of another class',
    values: { storage: { size: '20Gi', storageClassName: 'fast' } },
    message: /storage\.size is "20Gi" now and was "10Gi", storage\.storageClassName is "fast" now and was ""\. .*Nothing was changed/,
  },
  {
    what: 'volumes that go with their pods',
    values: { storage: { kind: 'ephemeral' } },
    message: /storage\.kind is "ephemeral" now and was "dynamic"\./,
  },
  {
    what: "the release's own Secret as somebody else's",
    values: { auth: { existingSecret: NAME } },
    message: /auth\.existingSecret: the Secret mysql-sts is this release's own, and Helm would delete it now\. Nothing was changed/,
  },
  {
    what: "the release's own certificates as somebody else's",
    values: { tls: { mode: 'secret', secretName: `${NAME}-tls` } },
    message: /tls\.secretName: the Secret mysql-sts-tls is this release's own/,
  },
  {
    what: 'another name',
    values: { fullnameOverride: 'shop' },
    message:
      /nameOverride, fullnameOverride: this release's pods belong to mysql-sts \(app\.kubernetes\.io\/name: mysql-sts\), and with these values to shop/,
  },
  {
    what: 'another label under the same name',
    values: { nameOverride: 'shop', fullnameOverride: NAME },
    message: /with these values to mysql-sts \(shop\), which would begin with empty volumes\. Nothing was changed/,
  },
  {
    what: 'a password that the primary does not know',
    values: { auth: { secretKeys: { replication: 'renamed' } } },
    message:
      /auth\.existingSecret, auth\.secretKeys: the Secret mysql-sts does not have the passwords of mysql-sts under renamed \(replication\)\./,
  },
];

/** Lets a client write and another read while something happens that they may notice, but not suffer from. */
async function underLoad(release: Release, work: () => Promise<void>): Promise<void> {
  const [writer, watch] = [await Writer.start(release), new ServiceWatch(release, 'read')];
  await work();
  assert.ok((await writer.stop()).acknowledged > 0, 'the writer wrote nothing');
  assert.ok((await watch.stop()) > 0, 'the read service had no pod for a while');
}

let release: Release;

function defineUse(step: Step): void {
  step('installs with default values', async (world) => {
    release = await world.install(NAME);
    await untilHolds('the pods to carry their roles', 120, async () => {
      assert.deepEqual((await podsOf(world.namespace, NAME)).map(roleOf), ['primary', 'replica', 'replica']);
    });
    await writeRows(release, 100);
  });

  step('sends writes to the primary and reads to the replicas', async () => {
    await checkRoute(release, 'primary', [0]);
    await checkRoute(release, 'read', [1, 2]);
  });

  step('prints notes whose commands work when they are pasted, helm test among them', () => checkNotes(release));

  step('keeps its passwords to itself', () => checkSecrecy(release));

  for (const { what, values, message } of IMPOSSIBLE) {
    step(`refuses ${what}, before anything is changed`, () => checkRefused(release, values, message));
  }
}

function defineDisturbances(step: Step): void {
  step('rolls a new setting out, replicas first, and loses no acknowledged write', async ({ namespace }) => {
    await underLoad(release, async () => {
      await helmUpgrade(namespace, NAME, { config: { common: 'max_connections = 77' } });
      await untilReady(release);
    });
    const pods = await podsOf(namespace, NAME);
    const starts = pods.map((pod) => pod.status?.startTime?.getTime() ?? 0);
    assert.deepEqual(
      starts,
      starts.toSorted((a, b) => b - a),
      'pods were not updated from the last to the first',
    );
    for (const pod of pods) assert.deepEqual(await podSql(release, nameOf(pod), 'SELECT @@max_connections'), [['77']]);
  });

  for (const ordinal of [2, 1, 0]) {
    step(`takes pod ${ordinal} back, which was deleted under a writer`, async ({ namespace }) => {
      await underLoad(release, async () => {
        await kubectl(namespace, ['delete', 'pod', `${release.fullname}-${ordinal}`]);
        await untilReady(release);
      });
    });
  }
}

function defineRemoval(step: Step): void {
  step('finds its rows again when installed over the volumes of a removed release', async (world) => {
    const { ledger } = release;
    await world.uninstall(release);
    release = await world.install(NAME);
    for (const id of ledger) release.ledger.add(id);
    await writeRows(release, 10);
  });

  step('refuses to start over when the primary has lost its volume', async (world) => {
    const { namespace } = world;
    const [primary, ...replicas] = (await podsOf(namespace, NAME)).map(nameOf);
    assert.ok(primary !== undefined);
    world.expectBroken(release);
    await kubectl(namespace, ['delete', 'persistentvolumeclaim', `data-${primary}`, '--wait=false']);
    await kubectl(namespace, ['delete', 'pod', primary]);
    await untilDescribed(
      namespace,
      `pod/${primary}`,
      `The primary's volume is empty, but data of this release exists: claim data-${release.fullname}-1 holds it`,
    );
    assert.deepEqual(await filesOnVolumeOf(release, primary), []);
    for (const replica of replicas) {
      const [count] = await podSql(release, replica, 'SELECT COUNT(*) FROM app.writes');
      assert.ok(Number(count?.[0]) >= release.ledger.size, `${replica} has lost rows`);
    }
  });
}

scenario('release', (step) => {
  defineUse(step);
  defineDisturbances(step);
  defineRemoval(step);
});
