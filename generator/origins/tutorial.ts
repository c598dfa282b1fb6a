import { podRows } from './pods.ts';
import { below, drop, lack, move, type Origin, type Row } from './row.ts';

const SCRIPTS = "The chart's own scripts do this.";
const PROBES = 'The probes of this chart ask something else, and their times fit that.';

/** Rows of one container of the tutorial. */
function containerRows(server: boolean): readonly Row[] {
  return [
    ...drop(SCRIPTS, 'command', 'args', 'volumeMounts', 'ports', 'name'),
    ...drop(PROBES, 'livenessProbe', 'readinessProbe', 'startupProbe'),
    move('resources', server ? 'resources.server' : 'resources.agent'),
    ...(server
      ? [
          move('imagePullPolicy', 'images.server.pullPolicy'),
          move('env', 'server.extraEnv', { change: { kind: 'environment', isOfficial: true } }),
        ]
      : []),
    ...(server ? [] : drop('The engine says which tool copies the data.', 'image', 'imagePullPolicy', 'env')),
  ];
}

const POD = 'StatefulSet.spec.template';

const SPEC_ROWS: readonly Row[] = [
  ...podRows({ labels: '-labels', annotations: '-annotations' }).filter(({ from }) => !from.startsWith('-')),
  move('containers.mysql.image', 'engine', { change: { kind: 'engine', family: 'mysql' } }),
  ...below('containers.mysql', containerRows(true)),
  ...below('containers.xtrabackup', containerRows(false)),
  ...drop(SCRIPTS, 'initContainers', 'volumes'),
  move('imagePullSecrets', 'images.pullSecrets'),
  move('terminationGracePeriodSeconds', 'terminationGracePeriodSeconds', { change: { kind: 'number' } }),
  move('securityContext', 'pod.securityContext', { change: { kind: 'without', keys: ['fsGroup', 'runAsUser', 'runAsGroup'] } }),
  move('serviceAccountName', 'serviceAccount.name', { also: [['serviceAccount.create', false]] }),
];

/** Rows of a service for clients. */
function serviceRows(service: 'primary' | 'read'): readonly Row[] {
  return below(`Service.${service}`, [
    move('spec.type', `services.${service}.type`),
    move('spec.ports.mysql.port', `services.${service}.port`, { change: { kind: 'number' } }),
    move('spec.ports.mysql.nodePort', `services.${service}.nodePort`, { change: { kind: 'number' } }),
    move('metadata.annotations', `services.${service}.annotations`),
  ]);
}

const CONFIG_ROWS: readonly Row[] = [
  ...['primary.cnf', 'master.cnf'].map((key) => move(`ConfigMap.data[${key}]`, 'config.primary', { change: { kind: 'settings' } })),
  ...['replica.cnf', 'slave.cnf'].map((key) => move(`ConfigMap.data[${key}]`, 'config.replica', { change: { kind: 'settings' } })),
  move('ConfigMap.data[my.cnf]', 'config.common', { change: { kind: 'settings' } }),
];

const CLAIM_ROWS: readonly Row[] = below('StatefulSet.spec.volumeClaimTemplates.data', [
  move('spec.resources.requests.storage', 'storage.size'),
  move('spec.accessModes', 'storage.accessModes'),
  move('spec.storageClassName', 'storage.storageClassName', { change: { kind: 'storageClass' } }),
  move('metadata.annotations', 'storage.annotations'),
]);

/** The StatefulSet of Kubernetes' documentation and the tutorials that follow it. */
export const TUTORIAL: Origin = {
  name: 'tutorial',
  title: "the tutorial's manifests",
  shape: 'manifests',
  marks: ['StatefulSet.spec.template.spec.containers.mysql'],
  defaults: { 'StatefulSet.spec.replicas': 1, 'Service.read.spec.type': 'ClusterIP' },
  rows: [
    move('StatefulSet.metadata.name', 'fullnameOverride'),
    move('StatefulSet.spec.replicas', 'replicaCount', { change: { kind: 'number' } }),
    ...below(`${POD}.spec`, SPEC_ROWS),
    move(`${POD}.metadata.annotations`, 'pod.annotations'),
    ...drop('The chart gives its objects labels and names of its own.', 'StatefulSet', 'Service', 'ConfigMap', 'Namespace'),
    ...lack('The chart has no such field of the pod.', `${POD}.spec`),
    ...lack('The settings of a file go into config.common, config.primary and config.replica.', 'ConfigMap.data'),
    ...CONFIG_ROWS,
    ...CLAIM_ROWS,
    ...serviceRows('primary'),
    ...serviceRows('read'),
    move('PersistentVolume', 'storage.static.source.nfs.path', {
      change: { kind: 'volumes' },
      note: 'To go on with the rows that are on these volumes, keep the claims: docs/migration.md.',
    }),
    ...drop('The StatefulSet of the chart makes the claims.', 'PersistentVolumeClaim'),
    ...lack('The chart makes no storage class.', 'StorageClass'),
    ...drop('A Secret stays a manifest of its own. Keep it as it is.', 'Secret'),
  ],
};
