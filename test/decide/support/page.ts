/** What people read of the rows: docs/states.md and its picture, made from the rows themselves. */

/** A row of a decision. */
export interface DecidedRow {
  readonly name: string;
  /** The reason of the condition; empty: the pass goes on, or keeps what it said. */
  readonly reason: string;
  readonly decision: string;
}

/** What each verb does, for a person. */
export const VERBS: Readonly<Record<string, string>> = {
  none: 'nothing is left to do',
  wait: 'waits for the next pass',
  report: 'says so, and mends it where `recovery` allows',
  ask: 'asks the primary what it has, over a new connection',
  'ask-twice': 'stops receiving, waits two seconds and asks the primary once more',
  'note-touch': 'notes on the volume that the data is fresh',
  'seed-position': 'gives the server the position of the copy',
  'forget-mark': 'takes the mark off: the release has gone on from a replica',
  'apply-received': 'applies what was received before',
  'stop-receiving': 'stops receiving',
  leave: 'stops replication',
  'mark-ahead': 'stops receiving, and marks the data: it may be the last copy',
  point: 'points the server at the primary and starts replication',
  start: 'starts replication',
  connect: 'tries a new connection',
  'start-receiving': 'starts the receiving thread',
  reconnect: 'makes a new connection',
  'begin-generation': 'writes the new generation into the data',
  'keep-accounts': 'makes the accounts right',
  open: 'lets clients write',
  join: 'acknowledges writes from now on, and may vote and lead',
  'take-over': 'forgets the primary that it followed',
  'demand-acknowledgements': 'lets commits wait until another pod has them',
  create: 'makes the Lease',
  renew: 'renews the Lease',
  announce: 'chooses the pod that leads next, and announces it',
  'hand-over': 'closes for writes, waits until the other pod has everything, and gives it the Lease',
  prove: 'writes something that changes nothing: an acknowledgement shows that no other pod has been elected',
  'let-go': 'ends the connections of replicas, so that they elect another',
  fence: 'ends the server, which comes back as a replica',
  vote: 'stops receiving, and votes with its position',
  apply: 'applies what it has received',
  take: 'takes the Lease',
};

function table(rows: readonly DecidedRow[]): readonly string[] {
  const cell = (row: DecidedRow): string =>
    `| \`${row.name}\` | ${row.reason === '' ? '' : `\`${row.reason}\``} | ${VERBS[row.decision] ?? row.decision} |`;
  return ['| row | condition | what the agent does |', '| --- | --- | --- |', ...rows.map(cell)];
}

/** docs/states.md. */
export function statesPage(replica: readonly DecidedRow[], primary: readonly DecidedRow[], lease: readonly DecidedRow[]): string {
  return `${[
    '# How the agent decides',
    '',
    '<!-- Made from generator/templates/files/decide by test/decide/page.test.ts. Edit the rows, then run it with UPDATE_GOLDEN=1. -->',
    '',
    'The agent looks, decides, says and does, every few seconds. The first row that fits the facts wins. A row without a condition changes the',
    'facts, and the agent decides once more in the same pass, or it keeps what it said before.',
    '',
    'Which row decided on a pod, and by which facts:',
    '',
    '```bash',
    'kubectl exec mysql-sts-1 -c agent -- bash /opt/mysql-sts/run/why.sh',
    '```',
    '',
    'What to do about a condition is in the [runbook](./runbook.md#all-states).',
    '',
    '## A replica',
    '',
    ...table(replica),
    '',
    '## The primary',
    '',
    ...table(primary),
    '',
    '## The Lease',
    '',
    'With `failover.mode: automatic` the keeper of each pod decides about the Lease of the primary, every two seconds and more often while something',
    'is going on. Its log says which row holds.',
    '',
    ...table(lease).map((line) => line.replace('| row | condition | what the agent does |', '| row | state | what the keeper does |')),
  ].join('\n')}\n`;
}
