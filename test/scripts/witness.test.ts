/** What a pod's first init container makes of its volume and of what the claims say. No server is needed for it. */

import * as assert from 'uvu/assert';
import type { Pod } from './harness/pod.ts';
import { withRelease, type Release } from './harness/release.ts';
import { table, type Row } from './harness/table.ts';
import { CLUSTER, entries, OTHER_CLUSTER, put, testimony } from './harness/volumes.ts';

const MARIADB = { engine: 'mariadb-11.8', method: 'mariadb-backup' } as const;
const RESEED = { PRIMARY_VOLUME_LOST: 'reseed' };

function annotate(release: Release, ordinal: number, generation: number, cluster = CLUSTER): void {
  release.api.claims.set(`data-db-${ordinal}`, testimony(generation, cluster));
}

function callsFor(release: Release, path: string): number {
  return release.api.calls.filter((call) => call.path === path).length;
}

/** A state in which no server is needed, and how init-mysql ends. */
interface State {
  readonly name: string;
  readonly arrange: (release: Release, pod: Pod) => Promise<void> | void;
  readonly environment?: Readonly<Record<string, string>>;
  readonly status: number;
  readonly says: RegExp;
  readonly leaves: readonly string[];
}

const STATES: readonly State[] = [
  {
    name: 'a volume of an older generation is refused',
    arrange: async (release, pod) => {
      await put(pod, 'instance', 1);
      annotate(release, 0, 1);
      annotate(release, 2, 2);
    },
    status: 1,
    says: /The volume of this primary is of generation 1, but the release has gone on from a replica as generation 2\. .*delete claim data-db-0/,
    leaves: ['instance'],
  },
  {
    name: 'a volume of the newest generation goes on',
    arrange: async (release, pod) => {
      await put(pod, 'instance', 2);
      for (const [ordinal, generation] of [
        [0, 2],
        [1, 1],
        [2, 2],
      ] as const)
        annotate(release, ordinal, generation);
    },
    status: 0,
    says: /the instance is there/,
    leaves: ['instance'],
  },
  {
    name: 'data goes on although nobody can be asked',
    arrange: async (release, pod) => {
      await put(pod, 'instance', 1);
      release.api.disturb = () => 500;
    },
    status: 0,
    says: /status 500\), so nobody was asked for a newer generation/,
    leaves: ['instance'],
  },
  {
    name: "a Role of somebody's own that names fewer claims than the chart's does not end the search for holders",
    arrange: (release) => {
      release.api.ordinals = 15;
    },
    status: 1,
    says: /could not be read from the Kubernetes API \(status 403\)\..* nothing is initialised\. Give the service account the rights of the chart's Role \(rbac\.create\), which names at least 16 claims from data-db-0 to data-db-15,/,
    leaves: [],
  },
  {
    name: 'a claim that is forbidden for a moment does not end the search for holders',
    arrange: (release) => {
      annotate(release, 2, 1);
      release.api.disturb = ({ path }) => (path.endsWith('/data-db-1') && callsFor(release, path) === 1 ? 403 : 'none');
    },
    status: 1,
    says: /data of this release exists: claim data-db-2 holds it/,
    leaves: [],
  },
  {
    name: 'the claim of the last pod that the Role names is asked',
    arrange: (release) => {
      release.api.claims.set('data-db-15', { 'mysql-sts/holds-data': CLUSTER });
    },
    status: 1,
    says: /data of this release exists: claim data-db-15 holds it/,
    leaves: [],
  },
  {
    name: 'killed between annotation and rename',
    arrange: async (release, pod) => {
      await put(pod, 'staging', 1);
      annotate(release, 0, 1);
    },
    status: 0,
    says: /the instance is complete: cluster 0123/,
    leaves: ['instance'],
  },
  {
    name: 'to go on from a replica that does not answer is waited for, and refused in the end',
    arrange: (release) => {
      annotate(release, 1, 1);
    },
    environment: { ...RESEED, CLONE_DEADLINE: '2s' },
    status: 1,
    says: /cannot go on from a replica yet: db-1\.db: ERROR 2002.*Bring these pods back; or delete the claims/,
    leaves: [],
  },
  {
    name: 'to go on from a replica when there is none is refused',
    arrange: (release) => {
      annotate(release, 0, 1);
    },
    environment: RESEED,
    status: 1,
    says: /its claim says that it held some, and no replica holds any/,
    leaves: [],
  },
  {
    name: 'to go on from replicas of different clusters is refused',
    arrange: (release) => {
      annotate(release, 1, 1);
      annotate(release, 2, 1, OTHER_CLUSTER);
    },
    environment: { ...RESEED, CLONE_DEADLINE: '2s' },
    status: 1,
    says: new RegExp(
      `claims hold data of different clusters: data-db-1 holds ${CLUSTER}, data-db-2 holds ${OTHER_CLUSTER}\\. .*Decide whose data counts, and delete the claims and pods of the others`,
    ),
    leaves: [],
  },
  {
    name: "to go on from a replica of another cluster than the primary's own is refused",
    arrange: (release) => {
      annotate(release, 0, 3);
      annotate(release, 1, 1, OTHER_CLUSTER);
    },
    environment: { ...RESEED, CLONE_DEADLINE: '2s' },
    status: 1,
    says: new RegExp(`data-db-0 holds ${CLUSTER}, data-db-1 holds ${OTHER_CLUSTER}\\. `),
    leaves: [],
  },
];

function stateRow({ name, arrange, environment, status, says, leaves }: State): Row {
  return {
    name,
    run: () =>
      withRelease(MARIADB, async (release) => {
        const pod = await release.pod(0);
        await arrange(release, pod);
        const outcome = await pod.run('init-mysql', environment);
        assert.is(outcome.status, status, outcome.output);
        assert.match(outcome.output.replaceAll('\n', ' '), says);
        assert.equal(entries(pod), leaves);
      }),
  };
}

const TRUSTED: Row = {
  name: 'an empty volume is trusted when the values say so and the API says nothing',
  run: () =>
    withRelease(MARIADB, async (release) => {
      const pod = await release.pod(0);
      release.api.disturb = () => 403;
      const { status, output } = await pod.run('init-mysql', { TRUST_EMPTY_VOLUME: 'true' });
      assert.is(status, 0, output);
      assert.equal(entries(pod), ['instance']);
    }),
};

table('volume and claims', [...STATES.map(stateRow), TRUSTED], { parallel: 4 });
