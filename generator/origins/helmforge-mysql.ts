import { NOT_NEEDED, PERSISTENCE_ROWS, podRows, PROBE_ROWS } from './pods.ts';
import { HELMFORGE_RESOURCES, HELMFORGE_SETTINGS } from './helmforge-presets.ts';
import { below, drop, lack, move, password, when, type Origin, type Row, type When } from './row.ts';

const REPLICATION: When = { path: 'architecture', is: ['replication'] };
const STANDALONE: When = { path: 'architecture', is: ['standalone'] };

const EXTERNAL =
  'Keep the ExternalSecret as a manifest of its own, and name the Secret that it makes in auth.existingSecret or tls.secretName.';

/** Rows for `standalone`, `replication.source` and `replication.readReplicas`. */
function roleRows(role: string): readonly Row[] {
  return [
    ...PERSISTENCE_ROWS,
    move('resources', 'resources.server', { several: 'larger' }),
    move('resourcesPreset', 'resources.server', {
      when: [{ path: `${role}.resources`, is: [''] }],
      several: 'larger',
      change: { kind: 'resourcesPreset', presets: HELMFORGE_RESOURCES },
    }),
    ...drop('The probes of the chart look at whether a pod may write and whether it replicates.', 'probes'),
    ...drop('Every pod gets a server-id from config.serverIdBase.', 'serverId'),
  ];
}

const REPLICATION_ROWS: readonly Row[] = [
  ...below('source', roleRows('replication.source')),
  ...below('readReplicas', roleRows('replication.readReplicas')),
  move('readReplicas.replicaCount', 'replicaCount', { change: { kind: 'replicas' } }),
  move('readReplicas.serverIdBase', 'config.serverIdBase', { change: { kind: 'number' } }),
  move('binlog.retentionDays', 'config.binlogRetention', { change: { kind: 'duration', unit: 'd' } }),
  move('binlog.expireLogsSeconds', 'config.binlogRetention', {
    when: [{ path: 'replication.binlog.retentionDays', is: ['0'] }],
    change: { kind: 'duration', unit: 's' },
  }),
  ...drop('The chart writes the binary log by row, and syncs it at each commit.', 'binlog.format', 'binlog.syncBinlog'),
  move('replicaTuning.parallelWorkers', 'config.replica', { change: { kind: 'setting', name: 'replica_parallel_workers' } }),
  move('pdb.enabled', 'podDisruptionBudget.enabled'),
  move('pdb.maxUnavailable', 'podDisruptionBudget.maxUnavailable'),
  ...drop('The chart counts the pods that may be away: podDisruptionBudget.maxUnavailable.', 'pdb.minAvailable'),
  ...drop('The pods keep to different nodes by scheduling.antiAffinity.', 'scheduling'),
];

const SERVICE_ROWS: readonly Row[] = [
  move('service.type', 'services.primary.type'),
  move('service.type', 'services.read.type', { when: [REPLICATION] }),
  move('service.port', 'services.primary.port', { change: { kind: 'number' } }),
  move('service.annotations', 'services.primary.annotations'),
  move('service.replicasAnnotations', 'services.read.annotations', { when: [REPLICATION] }),
  ...drop('The chart has one service for writes; service.annotations are there.', 'service.sourceAnnotations'),
  ...drop('The chart has no exporter of its own.', 'service.metricsPort'),
  ...lack('The services of the chart do not have this field.', 'service.ipFamilyPolicy', 'service.ipFamilies'),
];

const TLS_ROWS: readonly Row[] = [
  ...drop('The server has a certificate in any case; tls.mode says from where.', 'tls.enabled', 'tls.client', 'tls.volumePermissions'),
  ...when({ path: 'tls.enabled', is: [true] }, [
    move('tls.existingSecret', 'tls.secretName', {
      also: [['tls.mode', 'secret']],
      note: 'Its keys must be ca.crt, tls.crt and tls.key, and the certificate must name the pods and services: mysql-sts explain tls.secretName.',
    }),
    move('tls.requireSecureTransport', 'tls.clients', { change: { kind: 'words', words: { true: 'required', false: null } } }),
  ]),
  ...drop("The Secret's keys are ca.crt, tls.crt and tls.key.", 'tls.caFilename', 'tls.certFilename', 'tls.keyFilename'),
];

const AUTH_ROWS: readonly Row[] = [
  move('auth.database', 'auth.database'),
  move('auth.username', 'auth.username'),
  move('auth.existingSecret', 'auth.existingSecret'),
  ...when({ path: 'auth.existingSecret', is: ['*'] }, [
    move('auth.existingSecretRootPasswordKey', 'auth.secretKeys.root'),
    move('auth.existingSecretUserPasswordKey', 'auth.secretKeys.app'),
    move('auth.existingSecretReplicationPasswordKey', 'auth.secretKeys.replication'),
  ]),
  password('auth.rootPassword', 'root'),
  password('auth.password', 'app'),
  password('auth.replicationPassword', 'replication'),
  ...drop('The chart has a replication account of its own.', 'auth.replicationUsername'),
];

const POLICY_ROWS: readonly Row[] = [
  move('networkPolicy.enabled', 'networkPolicy.enabled', { isOursByDefault: true }),
  ...when({ path: 'networkPolicy.enabled', is: [true] }, [
    move('networkPolicy.ingress.allowSameNamespace', 'networkPolicy.clients', { change: { kind: 'closed', openWhile: false } }),
    move('networkPolicy.ingress.extraFrom', 'networkPolicy.peers', { also: [['networkPolicy.clients', 'peers']] }),
  ]),
  ...drop('The chart has no exporter of its own.', 'networkPolicy.metrics'),
  ...lack("The chart's policy limits no outgoing connections.", 'networkPolicy.egress', 'networkPolicy.extraEgress'),
];

const REST: readonly Row[] = [
  move('nameOverride', 'nameOverride'),
  move('fullnameOverride', 'fullnameOverride'),
  move('clusterDomain', 'clusterDomain'),
  move('image.tag', 'engine', { change: { kind: 'engine', family: 'mysql' } }),
  move('image.pullPolicy', 'images.server.pullPolicy'),
  ...drop('The engine says which image this is.', 'image.repository'),
  move('imagePullSecrets', 'images.pullSecrets'),
  move('config.preset', 'config.common', { change: { kind: 'settingsPreset', presets: HELMFORGE_SETTINGS } }),
  move('config.myCnf', 'config.common', { change: { kind: 'settings' } }),
  move('initdb.scripts', 'initdb.scripts', { change: { kind: 'scripts' } }),
  move('initdb.existingConfigMap', 'initdb.existingConfigMap'),
  move('serviceAccount.create', 'serviceAccount.create'),
  move('serviceAccount.name', 'serviceAccount.name'),
  move('serviceAccount.annotations', 'serviceAccount.annotations'),
  ...below('serviceAccount', NOT_NEEDED),
  ...NOT_NEEDED,
  move('podSecurityContext', 'pod.securityContext', { change: { kind: 'without', keys: ['fsGroup'] } }),
  ...PROBE_ROWS,
  ...podRows({ labels: 'podLabels', annotations: 'podAnnotations' }),
  move('terminationGracePeriodSeconds', 'terminationGracePeriodSeconds', { change: { kind: 'number' } }),
  move('extraEnv', 'server.extraEnv', { change: { kind: 'environment' } }),
  move('extraVolumes', 'pod.extraVolumes'),
  move('extraVolumeMounts', 'server.extraVolumeMounts'),
  ...when(STANDALONE, [move('pdb.enabled', 'podDisruptionBudget.enabled')]),
  move('pdb.maxUnavailable', 'podDisruptionBudget.maxUnavailable'),
  ...drop('The chart counts the pods that may be away: podDisruptionBudget.maxUnavailable.', 'pdb.minAvailable'),
  ...lack('The pods get pod.labels and pod.annotations; no value reaches all objects.', 'commonLabels', 'annotations'),
  ...lack('Give these objects to your deployment as a manifest of their own.', 'extraManifests'),
  ...lack(EXTERNAL, 'externalSecrets'),
  ...lack('The chart has no exporter of its own: add one as pod.extraContainers.', 'metrics'),
  ...lack('The chart makes no backups: keep the old job, and give it the service of the primary.', 'backup'),
  password('backup.s3.accessKey', 'other'),
  password('backup.s3.secretKey', 'other'),
];

/** HelmForge's chart mysql. */
export const HELMFORGE_MYSQL: Origin = {
  name: 'helmforge-mysql',
  title: "HelmForge's chart mysql",
  shape: 'values',
  replicas: 'replication.readReplicas',
  marks: [
    'standalone',
    'replication.source',
    'replication.readReplicas',
    'replication.binlog',
    'replication.pdb',
    'config.myCnf',
    'config.preset',
    'externalSecrets',
  ],
  defaults: {
    architecture: 'standalone',
    'image.tag': '9.7.2',
    'standalone.persistence.size': '8Gi',
    'replication.source.persistence.size': '20Gi',
    'replication.readReplicas.persistence.size': '20Gi',
    'replication.readReplicas.replicaCount': 2,
    'replication.replicaTuning.parallelWorkers': 4,
    'replication.binlog.retentionDays': 7,
    'auth.existingSecretRootPasswordKey': 'mysql-root-password',
    'auth.existingSecretUserPasswordKey': 'mysql-user-password',
    'auth.existingSecretReplicationPasswordKey': 'mysql-replication-password',
    'auth.existingSecret': '',
    'tls.enabled': false,
    'networkPolicy.enabled': false,
    'networkPolicy.ingress.allowSameNamespace': true,
    'networkPolicy.egress.enabled': false,
    'metrics.enabled': false,
    'backup.enabled': false,
    'externalSecrets.enabled': false,
  },
  rows: [
    move('architecture', 'replicaCount', {
      change: {
        kind: 'words',
        words: { standalone: 1, replication: null },
        unsaid: 'replication.readReplicas.replicaCount says how many pods there are.',
      },
    }),
    ...when(STANDALONE, below('standalone', roleRows('standalone'))),
    ...when(REPLICATION, below('replication', REPLICATION_ROWS)),
    ...SERVICE_ROWS,
    ...TLS_ROWS,
    ...AUTH_ROWS,
    ...POLICY_ROWS,
    ...REST,
  ],
};
