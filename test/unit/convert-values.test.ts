/** Single values: an old file, and what the new one says. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readChart, valuesOf } from '../../generator/compare/read-chart.ts';
import { convert } from '../../generator/convert/convert.ts';
import type { Conversion } from '../../generator/convert/report.ts';
import type { OriginName } from '../../generator/origins/row.ts';
import { CHART } from '../support/tools.ts';

const test = suite('single values of other charts');
const chart = valuesOf(await readChart(CHART));

/** Converts a text that must be converted. */
function converted(text: string, from: OriginName): Conversion {
  const answer = convert({ file: 'old.yaml', text }, chart, { from });
  if (answer.kind === 'refused') throw new Error(answer.findings.map(({ message }) => message).join('\n'));
  return answer.conversion;
}

/** An old file, and lines that the new one must have, or must not have. */
const ROWS: readonly (readonly [name: string, from: OriginName, old: string, has: readonly string[], hasNot?: readonly string[]])[] = [
  ['a primary alone', 'bitnami-mysql', 'primary: {}\nfullnameOverride: x', ['replicaCount: 1', '  size: 8Gi', '  database: my_database']],
  ['replicas', 'bitnami-mysql', 'architecture: replication\nsecondary: {replicaCount: 2}', ['replicaCount: 3']],
  ['replicas by default', 'bitnami-mysql', 'architecture: replication', ['replicaCount: 2']],
  ['replicas that are switched off', 'bitnami-mysql', 'architecture: standalone\nsecondary: {replicaCount: 4}', ['replicaCount: 1']],
  ['the larger volume', 'bitnami-mysql', 'architecture: replication\nsecondary: {persistence: {size: 900Mi}}', ['  size: 8Gi']],
  ['no volume', 'bitnami-mariadb', 'primary: {persistence: {enabled: false}}', ['  kind: ephemeral']],
  ['no database', 'bitnami-mysql', 'auth: {createDatabase: false, database: x}', ['  database: ""'], ['  database: x']],
  [
    'a node port of a service without one',
    'bitnami-mysql',
    'primary: {service: {nodePorts: {mysql: 30306}}}',
    ['replicaCount: 1'],
    ['30306'],
  ],
  ['a series that the chart runs', 'bitnami-mysql', 'image: {tag: 8.0.36-debian-11-r2}', ['engine: mysql-8.0']],
  ['a series between two', 'bitnami-mysql', 'image: {tag: 8.2.0}', ['engine: mysql-8.4']],
  ['an old MariaDB', 'bitnami-mariadb', 'image: {tag: 10.6.12-debian}', ['engine: mariadb-10.11']],
  [
    'options of the command line',
    'bitnami-mariadb',
    'primary: {extraFlags: "--max-connections=7 --port=3307"}',
    ['    max-connections=7'],
    ['port'],
  ],
  [
    'a storage class called none',
    'bitnami-mysql',
    'primary: {persistence: {storageClass: "-"}}',
    ['replicaCount: 1'],
    ['storageClassName'],
  ],
  ['resources that somebody chose', 'bitnami-mysql', 'primary: {resources: {requests: {cpu: 2}}}', ['      cpu: 2'], ['memory']],
  [
    'keys of a Secret',
    'cloudpirates-mariadb',
    'auth: {existingSecret: s}',
    ['    root: mariadb-root-password', '    app: mariadb-password'],
  ],
  [
    'the binary log',
    'helmforge-mysql',
    'architecture: replication\nreplication: {binlog: {retentionDays: 0, expireLogsSeconds: 7200}}',
    ['  binlogRetention: 2h'],
  ],
  [
    'all that no condition lets in',
    'helmforge-mysql',
    'standalone: {persistence: {size: 3Gi}}\narchitecture: replication',
    ['  size: 20Gi', 'replicaCount: 3'],
  ],
];

for (const [name, from, old, has, hasNot = []] of ROWS) {
  test(`${from}: ${name}`, () => {
    const { text } = converted(old, from);
    const lines = text.split('\n');
    for (const line of has) assert.ok(lines.includes(line), `${line}\n${text}`);
    for (const word of hasNot) assert.is(text.replace(/^#.*/gm, '').includes(word), false, text);
  });
}

test('comments go with their values, and the others to the end', () => {
  const old =
    '# About it\n\n# the server\nimage: {tag: 8.4.5} # newest\nprimary:\n  # a slow disk\n  persistence:\n    size: 9Gi # grown\n  name: x # why\n';
  const { text } = converted(old, 'bitnami-mysql');
  for (const part of ['# About it\n', '# the server\n', '# newest\n', '  # a slow disk\n  size: 9Gi # grown\n', '#     why\n'])
    assert.ok(text.includes(part), text);
});

test.run();
