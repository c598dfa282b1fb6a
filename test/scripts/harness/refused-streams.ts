/** Streams that must not become an instance. */

import { writeFile } from 'node:fs/promises';
import { makeCertificate } from './certificates.ts';
import { changed, type Donor } from './donor.ts';
import type { Pod } from './pod.ts';
import { project } from './projected.ts';
import type { Release } from './release.ts';
import { until } from './wait.ts';

/** A donor and the pod that asks it for a copy. */
export interface Stage {
  readonly release: Release;
  readonly donor: Donor;
  readonly receiver: Pod;
}

/** A stream that must not become an instance, and the reason that a person reads. */
export interface Refusal {
  readonly name: string;
  readonly serves?: string;
  readonly arrange?: (stage: Stage) => Promise<void> | void;
  /** The donor has this certificate from its start on. */
  readonly certified?: (release: Release) => Promise<void>;
  readonly reason: RegExp;
}

const CUT = /db-0\.db: the stream (broke|ended without its proof)/;

export const REFUSALS: readonly Refusal[] = [
  {
    name: 'the donor is not there',
    arrange: ({ donor }) => donor.pod.container('donor').kill(),
    reason: /db-0\.db: no clone on port 3307: Connection refused; db-read: no clone on port 3307: Connection refused/,
  },
  {
    name: 'the donor takes the connection and never says a word',
    arrange: mute,
    reason: /db-0\.db: it took the connection to port 3307 and offered nothing for 30 s/,
  },
  {
    name: 'the donor says that it is busy',
    serves: refusal('it is busy with another clone'),
    reason: /db-0\.db: it is busy with another clone;/,
  },
  { name: 'the donor sends nothing', serves: ':', reason: /db-0\.db: no clone on port 3307/ },
  { name: 'the donor sends garbage', serves: 'head --bytes=300000 /dev/urandom', reason: /db-0\.db: no clone on port 3307/ },
  {
    name: 'the stream is cut after 100 bytes',
    serves: 'head --bytes=100 "$STREAM"',
    reason: /db-0\.db: (no clone on port 3307|the stream broke)/,
  },
  { name: 'the stream is cut after 1 MB', serves: 'head --bytes=1000000 "$STREAM"', reason: CUT },
  { name: 'the stream is cut in the middle', serves: 'head --bytes=$(($(stat --format=%s "$STREAM") / 2)) "$STREAM"', reason: CUT },
  { name: 'the stream lacks its last byte', serves: 'head --bytes=-1 "$STREAM"', reason: CUT },
  {
    name: 'the stream ends without a proof',
    serves: changed('rm "$PROOF"'),
    reason: /db-0\.db: the stream ended without its proof: the donor died or its backup failed/,
  },
  {
    name: 'the donor runs another series',
    serves: changed('sed --in-place "s/^version=.*/version=5.1.73/" "$OFFER"'),
    reason: /db-0\.db: it runs 5\.1\.73, and \S+ needs a copy from a server of [0-9.]+/,
  },
  {
    name: 'the donor runs a later version than the pod has',
    arrange: ({ receiver }) => writeFile(receiver.path('run', 'server-version'), '0.0.1\n'),
    reason: /db-0\.db: it runs [0-9.]+, and this pod's server is of the earlier version 0\.0\.1/,
  },
  {
    name: 'the donor is in doubt about itself',
    serves: changed('sed --in-place "s/^doubt=.*/doubt=replication does not apply changes/" "$OFFER"'),
    reason: /db-0\.db: it is not ready: replication does not apply changes/,
  },
  {
    name: 'the donor does not say whose data it has',
    serves: changed('sed --in-place "s/^cluster=.*/cluster=/" "$OFFER"'),
    reason: /db-0\.db: it does not say whose data it has/,
  },
  { name: 'the copy cannot be prepared', serves: changed('rm ./*_checkpoints'), reason: /db-0\.db: preparing the copy failed: / },
  {
    name: 'the copy has no position',
    serves: changed('for file in *_binlog_info; do : > "$file"; done'),
    reason: /db-0\.db: the backup tool left no position, so the copy could not replicate/,
  },
  {
    name: 'the donor has a certificate of another authority',
    certified: foreignDonor,
    reason: /db-0\.db: no clone on port 3307: .*certificate/i,
  },
  {
    name: 'the donor has a certificate for another name',
    certified: misnamedDonor,
    reason: /db-0\.db: no clone on port 3307: .*(commonName|common name|subject)/i,
  },
];

/** A listener whose hands are full, or somebody who holds the port. */
async function mute({ donor }: Stage): Promise<void> {
  await donor.pod.container('donor').kill();
  donor.pod.launch('mute', { command: ['socat', 'TCP-LISTEN:3307,reuseaddr,fork', 'EXEC:sleep 600'], image: 'clone', mounts: [] });
  await until(
    'the donor listens',
    async () => (await donor.pod.container('shell').exec(['bash', '-c', ': < /dev/tcp/127.0.0.1/3307'])).status === 0,
  );
}

function refusal(sentence: string): string {
  return `cd "$(mktemp --directory)"; printf '%s\\n' '${sentence}' > "$REFUSED"; "$STREAM_TOOL" -c "$REFUSED"`;
}

async function foreignDonor(release: Release): Promise<void> {
  await project((await release.pod(0)).path('tls'), { ...(await makeCertificate(release.path('other'), ['db-0.db'])) });
}

/** The same authority on both sides, so the name is all that is wrong. */
async function misnamedDonor(release: Release): Promise<void> {
  const certificate = await makeCertificate(release.path('misnamed'), ['db-7.db']);
  for (const ordinal of [0, 1]) await project((await release.pod(ordinal)).path('tls'), { ...certificate });
}
