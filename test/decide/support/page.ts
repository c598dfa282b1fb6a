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
};

function table(rows: readonly DecidedRow[]): readonly string[] {
  const cell = (row: DecidedRow): string =>
    `| \`${row.name}\` | ${row.reason === '' ? '' : `\`${row.reason}\``} | ${VERBS[row.decision] ?? row.decision} |`;
  return ['| row | condition | what the agent does |', '| --- | --- | --- |', ...rows.map(cell)];
}

/** docs/states.md. */
export function statesPage(replica: readonly DecidedRow[], primary: readonly DecidedRow[]): string {
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
  ].join('\n')}\n`;
}
