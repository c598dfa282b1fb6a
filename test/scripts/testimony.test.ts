/** What a pod with data says on its claim when it starts: what the volume holds, once, and only where it does not say so yet. */

import * as assert from 'uvu/assert';
import type { Namespace } from './harness/kube-api.ts';
import { withRelease } from './harness/release.ts';
import { table, type Row } from './harness/table.ts';
import { entries, OTHER_CLUSTER, put, testimony } from './harness/volumes.ts';

const MARIADB = { engine: 'mariadb-11.8', method: 'mariadb-backup' } as const;

/** Annotations of a claim. */
type Claim = Readonly<Record<string, string>>;

/** A claim when a pod with data of generation 2 starts, and what becomes of it. */
interface State {
  readonly name: string;
  readonly ordinals: readonly number[];
  readonly before: Claim;
  readonly after: Claim;
  readonly environment?: Readonly<Record<string, string>>;
  readonly disturb?: Namespace['disturb'];
  readonly says?: RegExp;
  /** Requests of a replica; of the primary, what it writes is counted. */
  readonly reads?: number;
  readonly writes: number;
}

const PODS = [0, 1];

const STATES: readonly State[] = [
  {
    name: 'a claim that says nothing is annotated',
    ordinals: PODS,
    before: {},
    after: testimony(2),
    says: /claim data-db-\d did not say what the volume holds, and now does/,
    writes: 1,
  },
  { name: 'a claim that says so already is left alone', ordinals: PODS, before: testimony(2), after: testimony(2), writes: 0 },
  { name: 'a claim that says an older generation is annotated', ordinals: PODS, before: testimony(1), after: testimony(2), writes: 1 },
  {
    name: 'a claim that says another cluster is annotated',
    ordinals: PODS,
    before: testimony(1, OTHER_CLUSTER),
    after: testimony(2),
    writes: 1,
  },
  {
    name: 'a replica was stopped before its record knew the newer generation: the claim keeps it',
    ordinals: [1],
    before: testimony(3),
    after: testimony(3),
    writes: 0,
  },
  {
    name: 'the API refuses to write: the pod starts',
    ordinals: PODS,
    before: {},
    after: {},
    disturb: ({ method }) => (method === 'PATCH' ? 403 : 'none'),
    says: /claim data-db-\d could not be annotated \(Kubernetes API status 403\)/,
    writes: 1,
  },
  {
    name: 'the API cannot be read: the pod starts, and writes nothing',
    ordinals: PODS,
    before: {},
    after: {},
    disturb: () => 500,
    says: /could not be read \(Kubernetes API status 500\)/,
    writes: 0,
  },
  {
    name: 'an empty volume is trusted: nobody counts on the claim',
    ordinals: PODS,
    before: {},
    after: {},
    environment: { TRUST_EMPTY_VOLUME: 'true' },
    reads: 0,
    writes: 0,
  },
];

function row({ name, before, after, environment, disturb, says, reads = 1, writes }: State, ordinal: number): Row {
  return {
    name: `${ordinal === 0 ? 'the primary' : 'a replica'}: ${name}`,
    run: () =>
      withRelease(MARIADB, async (release) => {
        const pod = await release.pod(ordinal);
        await put(pod, 'instance', 2);
        const claim = `data-db-${ordinal}`;
        release.api.claims.set(claim, { ...before });
        if (disturb !== undefined) release.api.disturb = disturb;
        const { status, output } = await pod.run('init-mysql', environment);
        assert.is(status, 0, output);
        assert.match(output, /the instance is there/);
        if (says !== undefined) assert.match(output, says);
        assert.equal(release.api.claims.get(claim), after);
        assert.is(release.api.testimonies.length, writes);
        if (ordinal > 0) assert.is(release.api.paths('GET').length, reads);
        assert.equal(entries(pod), ['instance']);
      }),
  };
}

/** Whoever must not lead any more must not hide that it does not know the newer generation. */
const OLDER_PRIMARY: Row = {
  name: 'the primary: a volume of an older generation is refused before its claim is written',
  run: () =>
    withRelease(MARIADB, async (release) => {
      const pod = await release.pod(0);
      await put(pod, 'instance', 2);
      release.api.claims.set('data-db-1', testimony(3));
      const { status, output } = await pod.run('init-mysql');
      assert.is(status, 1, output);
      assert.match(output, /The volume of this primary is of generation 2/);
      assert.equal(release.api.testimonies, []);
    }),
};

table('testimony', [...STATES.flatMap((state) => state.ordinals.map((ordinal) => row(state, ordinal))), OLDER_PRIMARY], { parallel: 4 });
