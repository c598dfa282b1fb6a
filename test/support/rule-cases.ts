import type { ExporterName } from '../../schema/exporters.ts';
import type { PlainValues } from '../../generator/rules/evaluate-rules.ts';
import { FAILOVER_CASES } from './failover-rule-cases.ts';
import { OBJECT_RULE_CASES } from './object-rule-cases.ts';
import { POD_RULE_CASES } from './pod-rule-cases.ts';
import { SERVICE_RULE_CASES } from './service-rule-cases.ts';
import { METRICS_RULE_CASES } from './metrics-rule-cases.ts';
import { BACKUP_RULE_CASES } from './backup-rule-cases.ts';

/** Values that break exactly one rule, the neighbouring values that do not, and what a person reads. */
export interface RuleCase {
  readonly refused: PlainValues;
  readonly accepted: PlainValues;
  readonly message: string;
}

function tagCase(image: 'server' | 'clone' | ExporterName): RuleCase {
  return {
    refused: { images: { [image]: { tag: 'latest' } } },
    accepted: { images: { [image]: { tag: '8.4', digest: `sha256:${'0'.repeat(64)}` } } },
    message:
      `images.${image}.tag, images.${image}.digest: latest is not a full version, so nodes may run different ones. ` +
      "Name all three numbers of a version, or set the image's digest.",
  };
}

function staticCase(kind: string, needed: readonly string[], accepted: PlainValues): RuleCase {
  const paths = needed.map((name) => `storage.static.source.${kind}.${name}`);
  return {
    refused: { storage: { kind: 'static', static: { source: { kind } } } },
    accepted: { storage: { kind: 'static', static: { source: { kind, [kind]: accepted } } } },
    message: `${paths.join(', ')}: Static volumes of the source ${kind} do not say where their folders are. Set ${paths.join(' and ')}.`,
  };
}

const NFS = { source: { kind: 'nfs', nfs: { server: '10.1.0.38', path: '/data' } } };

export const RULE_CASES: Readonly<Record<string, RuleCase>> = {
  'clone-method-offered': {
    refused: { engine: 'mariadb-11.8', clone: { method: 'plugin' } },
    accepted: { engine: 'mariadb-11.8', clone: { method: 'mariadb-backup' } },
    message: 'clone.method, engine: mariadb-11.8 cannot be cloned by plugin. Use auto, or what this engine has: mariadb-backup.',
  },
  'server-tag-exact': tagCase('server'),
  'clone-tag-exact': tagCase('clone'),
  'mysqldExporter-tag-exact': tagCase('mysqldExporter'),
  'nodeExporter-tag-exact': tagCase('nodeExporter'),
  'server-tag-series': {
    refused: { engine: 'mysql-8.0', images: { server: { tag: '8.4.11' } } },
    accepted: { engine: 'mysql-8.0', images: { server: { tag: 'mirror-8.0.31' } } },
    message:
      'images.server.tag, engine: 8.4.11 is not of the series 8.0, which mysql-8.0 is. ' +
      'Name a version of that series, or leave the tag empty for the one that was tested.',
  },
  'clone-tag-series': {
    refused: { engine: 'mysql-5.7', images: { clone: { tag: '8.0.35-36.1' } } },
    accepted: { engine: 'mysql-5.7', images: { clone: { tag: '2.4.28' } } },
    message:
      'images.clone.tag, clone.method, engine: 8.0.35-36.1 is not of the series 2.4, whose tool copies mysql-5.7. ' +
      'Name a version of that series, or leave the tag empty for the one that was tested.',
  },
  'static-count': {
    refused: { replicaCount: 3, storage: { kind: 'static', static: { count: 2, ...NFS } } },
    accepted: { replicaCount: 3, storage: { kind: 'static', static: { count: 3, ...NFS } } },
    message: 'storage.static.count, replicaCount: 2 static volumes are too few for 3 pods. Make at least one volume for each pod.',
  },
  'static-source-nfs': staticCase('nfs', ['server', 'path'], { server: '10.1.0.38', path: '/data' }),
  'static-source-hostPath': staticCase('hostPath', ['path'], { path: '/srv/mysql' }),
  'static-source-local': staticCase('local', ['path', 'node'], { path: '/srv/mysql', node: 'node-1' }),
  'static-retention': {
    refused: { storage: { kind: 'static', static: NFS, retention: { whenScaled: 'Delete' } } },
    accepted: { storage: { kind: 'static', static: NFS, retention: { whenDeleted: 'Delete' } } },
    message:
      'storage.retention.whenScaled, storage.kind: A static volume takes no other claim than its first, so a pod whose claim was deleted ' +
      'would wait for one without an end. Set storage.retention.whenScaled to Retain.',
  },
  'fix-ownership-volume': {
    refused: { storage: { kind: 'ephemeral', fixOwnership: true } },
    accepted: { storage: { kind: 'dynamic', fixOwnership: true } },
    message:
      'storage.fixOwnership, storage.kind: Pods with ephemeral storage have no volume whose folder could belong to ' +
      'somebody else. Leave out fixOwnership, or choose another kind.',
  },
  'adopt-reserved': {
    refused: { storage: { adoptFolder: 'discarded/data' } },
    accepted: { storage: { adoptFolder: 'mysql/discarded' } },
    message:
      'storage.adoptFolder: The chart keeps something of its own under this name on the volume. ' +
      'Give the folder with the old data directory another name.',
  },
  ...BACKUP_RULE_CASES,
  'partition-reachable': {
    refused: { replicaCount: 3, update: { partition: 4 } },
    accepted: { replicaCount: 3, update: { partition: 3 } },
    message:
      'update.partition, replicaCount: No pod has the ordinal 4 or a higher one while there are 3 pods. ' +
      'Use a partition from 0 to replicaCount.',
  },
  'partition-strategy': {
    refused: { update: { strategy: 'OnDelete', partition: 2 } },
    accepted: { update: { strategy: 'OnDelete' } },
    message:
      'update.partition, update.strategy: With the strategy OnDelete, Kubernetes ignores the partition 2. ' +
      'Set the partition to 0, or the strategy to RollingUpdate.',
  },
  'tls-secret-named': {
    refused: { tls: { mode: 'secret' } },
    accepted: { tls: { mode: 'secret', secretName: 'database-tls' } },
    message:
      'tls.secretName, tls.mode: The TLS mode secret needs a Secret with ca.crt, tls.crt and tls.key. ' +
      'Name it, or set tls.mode to generated.',
  },
  'tls-secret-used': {
    refused: { tls: { secretName: 'database-tls' } },
    accepted: { tls: { mode: 'generated' } },
    message:
      'tls.mode, tls.secretName: The Secret database-tls is not read in the TLS mode generated. ' +
      'Set tls.mode to secret, or remove the name.',
  },
  'issuer-used': {
    refused: { tls: { certManager: { issuer: { name: 'company-ca' } } } },
    accepted: { tls: { mode: 'certManager', certManager: { issuer: { name: 'company-ca', kind: 'ClusterIssuer' } } } },
    message:
      'tls.mode, tls.certManager.issuer.name: The issuer company-ca signs nothing in the TLS mode generated. ' +
      "Set tls.mode to certManager, or remove the issuer's name.",
  },
  'certificate-renewed': {
    refused: { tls: { mode: 'certManager', certManager: { duration: '720h' } } },
    accepted: { tls: { mode: 'certManager', certManager: { duration: '720h', renewBefore: '43199m' } } },
    message:
      'tls.certManager.renewBefore, tls.certManager.duration: A certificate that is good for 720h cannot be renewed 30d before its end. ' +
      'Make tls.certManager.renewBefore shorter than the duration.',
  },
  'peers-named': {
    refused: { networkPolicy: { clients: 'peers' } },
    accepted: { networkPolicy: { clients: 'peers', peers: [{ podSelector: { matchLabels: { app: 'shop' } } }] } },
    message:
      'networkPolicy.peers, networkPolicy.clients: Port 3306 would be closed to all clients: networkPolicy.peers lists nobody. ' +
      'List those who may connect, or set networkPolicy.clients to everybody.',
  },
  'peers-used': {
    refused: { networkPolicy: { peers: [{ ipBlock: { cidr: '10.0.0.0/8' } }] } },
    accepted: { networkPolicy: { clients: 'everybody' } },
    message:
      'networkPolicy.clients, networkPolicy.peers: The peers keep nobody out while port 3306 is open to everybody. ' +
      'Set networkPolicy.clients to peers, or empty the list.',
  },
  ...METRICS_RULE_CASES,
  'account-reserved': {
    refused: { auth: { username: 'monitor' } },
    accepted: { auth: { username: 'monitoring' } },
    message: "auth.username: The account monitor is the chart's own. Choose another name for the application's account.",
  },
  'database-reserved': {
    refused: { auth: { database: 'mysql' } },
    accepted: { auth: { database: 'mysql_app' } },
    message:
      "auth.database: The database mysql belongs to the server or the chart, and the application would own it. Choose another name for the application's database.",
  },
  'labels-reserved': {
    refused: { pod: { labels: { 'mysql-sts/role': 'replica' } } },
    accepted: { pod: { labels: { 'app.kubernetes.io/part-of': 'shop' } } },
    message:
      'pod.labels: The services find the pods by app.kubernetes.io/name, instance and component, mysql-sts/role and readable, and ' +
      'statefulset.kubernetes.io/pod-name. Give your own labels other names.',
  },
  'annotations-reserved': {
    refused: { pod: { annotations: { 'checksum/config': '1' } } },
    accepted: { pod: { annotations: { 'checksum/other': '1' } } },
    message:
      'pod.annotations: A change of the configuration reaches the pods by checksum/config and checksum/scripts. ' +
      'Give your own annotations other names.',
  },
  'claim-annotations-reserved': {
    refused: { storage: { annotations: { 'mysql-sts/holds-data': 'a' } } },
    accepted: { storage: { annotations: { 'example.com/backup': 'daily' } } },
    message:
      'storage.annotations: The pods note by mysql-sts/holds-data and mysql-sts/generation that a volume holds data, ' +
      'so a new claim must not have them. Give your own annotations other names.',
  },
  ...FAILOVER_CASES,
  ...OBJECT_RULE_CASES,
  ...POD_RULE_CASES,
  ...SERVICE_RULE_CASES,
};
