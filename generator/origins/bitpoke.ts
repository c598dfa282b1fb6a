import { podRows } from './pods.ts';
import { below, drop, lack, move, type Origin, type Row } from './row.ts';

const ENGINE = { kind: 'engine', family: 'mysql' } as const;

const BACKUPS = ['backupSchedule', 'backupURL', 'backupSecretName', 'backupCredentials', 'backupScheduleJobsHistoryLimit'];
const BACKUP_DETAILS = ['backupRemoteDeletePolicy', 'backupCompressCommand', 'backupDecompressCommand', 'rcloneExtraArgs'];

const POD_ROWS: readonly Row[] = [
  ...podRows({ labels: 'labels', annotations: 'annotations' }),
  move('resources', 'resources.server'),
  move('imagePullSecrets', 'images.pullSecrets'),
  move('serviceAccountName', 'serviceAccount.name', { also: [['serviceAccount.create', false]] }),
  move('volumes', 'pod.extraVolumes'),
  move('volumeMounts', 'server.extraVolumeMounts'),
  move('containers', 'pod.extraContainers'),
  ...drop(
    'Backups of the operator were jobs of their own.',
    'backupAffinity',
    'backupNodeSelector',
    'backupPriorityClassName',
    'backupTolerations',
  ),
  ...lack('The chart starts, watches and stops the server by its own scripts.', 'mysqlLifecycle'),
  ...lack('The chart has no such field of the pod; storage.fixOwnership gives folders to the server.', 'initContainers'),
];

const CLUSTER_ROWS: readonly Row[] = [
  move('image', 'engine', { change: ENGINE }),
  move('mysqlVersion', 'engine', { change: ENGINE }),
  move('replicas', 'replicaCount', { change: { kind: 'number' } }),
  move('secretName', 'auth.existingSecret', {
    also: [
      ['auth.secretKeys.root', 'ROOT_PASSWORD'],
      ['auth.secretKeys.app', 'PASSWORD'],
    ],
    note: "Set auth.database and auth.username to what the Secret's keys DATABASE and USER say.",
  }),
  move('serverIDOffset', 'config.serverIdBase', { change: { kind: 'number' } }),
  move('mysqlConf', 'config.common', { change: { kind: 'settingsMap' } }),
  ...below('podSpec', POD_ROWS),
  move('volumeSpec.persistentVolumeClaim.resources.requests.storage', 'storage.size'),
  move('volumeSpec.persistentVolumeClaim.storageClassName', 'storage.storageClassName', { change: { kind: 'storageClass' } }),
  move('volumeSpec.persistentVolumeClaim.accessModes', 'storage.accessModes'),
  move('volumeSpec.emptyDir', 'storage.kind', { change: { kind: 'words', words: { '': 'ephemeral' } } }),
  ...lack('Describe such folders in storage.static.', 'volumeSpec.hostPath'),
  move('targetSLO.maxSlaveLatency', 'replication.maxLag'),
  ...drop('The chart counts the pods that may be away: podDisruptionBudget.maxUnavailable.', 'minAvailable'),
  ...drop(
    'They are options of tools that the operator ran.',
    'xbstreamExtraArgs',
    'xtrabackupExtraArgs',
    'xtrabackupPrepareExtraArgs',
    'xtrabackupTargetDir',
  ),
  ...lack('The chart makes no backups: back the primary up by a job of your own.', ...BACKUPS, ...BACKUP_DETAILS),
  ...lack('A release does not begin with a backup; load a dump by initdb.', 'initBucketURL', 'initBucketURI', 'initBucketSecretName'),
  ...lack('Run such statements by initdb.scripts.', 'initFileExtraSQL'),
  ...lack('The primary of a release takes writes.', 'readOnly'),
  ...lack('The chart ends no queries.', 'queryLimits'),
  ...lack('Give /tmp another place by a mount and the setting tmpdir.', 'tmpfsSize'),
  ...lack('The chart has no exporter of its own: add one as pod.extraContainers.', 'metricsExporterExtraArgs', 'metricsExporterResources'),
];

const OTHER_NAMES = "A name of the operator's own object.";

/** Manifests for Bitpoke's operator, formerly Presslabs'. */
export const BITPOKE: Origin = {
  name: 'bitpoke',
  title: "manifests of Bitpoke's operator",
  shape: 'manifests',
  marks: ['MysqlCluster'],
  defaults: {
    'MysqlCluster.spec.replicas': 1,
    'MysqlCluster.spec.mysqlVersion': '5.7',
    'MysqlDatabase.spec.database': '',
    'MysqlUser.spec.user': '',
  },
  rows: [
    move('MysqlCluster.metadata.name', 'fullnameOverride'),
    ...drop(OTHER_NAMES, 'MysqlCluster', 'MysqlDatabase', 'MysqlUser'),
    ...lack('The chart has no such field.', 'MysqlCluster.spec', 'MysqlDatabase.spec', 'MysqlUser.spec'),
    ...below('MysqlCluster.spec', CLUSTER_ROWS),
    move('MysqlDatabase.spec.database', 'auth.database'),
    ...lack(
      "Databases have the server's character set: set it in config.common.",
      'MysqlDatabase.spec.characterSet',
      'MysqlDatabase.spec.collation',
    ),
    move('MysqlUser.spec.user', 'auth.username'),
    ...lack(
      'The account has all privileges on auth.database, from everywhere.',
      'MysqlUser.spec.permissions',
      'MysqlUser.spec.allowedHosts',
    ),
    ...lack(
      "Give the account's password to the Secret that auth.existingSecret names, as the key of auth.secretKeys.app.",
      'MysqlUser.spec.password',
    ),
    ...drop("It names the operator's cluster.", 'MysqlDatabase.spec.clusterRef', 'MysqlUser.spec.clusterRef'),
    ...lack('The chart makes no backups: back the primary up by a job of your own.', 'MysqlBackup'),
    ...drop('A Secret stays a manifest of its own. Keep it as it is.', 'Secret'),
  ],
};
