/** Rows for `primary` and `secondary` of Bitnami's charts. The pods of our chart are all alike, so both lead to the same values. */
import { NOT_NEEDED, PERSISTENCE_ROWS, podRows, PROBE_ROWS } from './pods.ts';
import { drop, lack, move, type Row } from './row.ts';

/** Bitnami's resourcesPreset, as its library chart spells it out. */
const PRESETS = {
  none: {},
  nano: amounts('100m', '128Mi', '150m', '192Mi'),
  micro: amounts('250m', '256Mi', '375m', '384Mi'),
  small: amounts('500m', '512Mi', '750m', '768Mi'),
  medium: amounts('500m', '1024Mi', '750m', '1536Mi'),
  large: amounts('1.0', '2048Mi', '1.5', '3072Mi'),
  xlarge: amounts('1.0', '3072Mi', '3.0', '6144Mi'),
  '2xlarge': amounts('1.0', '3072Mi', '6.0', '12288Mi'),
};

function amounts(cpu: string, memory: string, cpuLimit: string, memoryLimit: string): object {
  return {
    requests: { cpu, memory, 'ephemeral-storage': '50Mi' },
    limits: { cpu: cpuLimit, memory: memoryLimit, 'ephemeral-storage': '2Gi' },
  };
}

const ANTI_AFFINITY = { soft: 'preferred', hard: 'required', '': 'none' };

const RETENTION_OFF = 'persistentVolumeClaimRetentionPolicy.enabled';

function serviceRows(role: 'primary' | 'secondary'): readonly Row[] {
  const service = role === 'primary' ? 'primary' : 'read';
  const open = { path: `${role}.service.type`, is: ['NodePort', 'LoadBalancer'] };
  return [
    move('service.type', `services.${service}.type`),
    move('service.ports.mysql', `services.${service}.port`, { change: { kind: 'number' } }),
    move('service.nodePorts.mysql', `services.${service}.nodePort`, { change: { kind: 'number' }, when: [open] }),
    move('service.annotations', `services.${service}.annotations`),
    move('service.headless.annotations', 'services.headless.annotations'),
    ...drop(
      'The chart does not open the X protocol.',
      'service.ports.mysqlx',
      'service.nodePorts.mysqlx',
      'containerPorts.mysqlx',
      'enableMySQLX',
    ),
    ...drop('The servers listen on 3306; the service has the port that clients use.', 'containerPorts', 'service.ports.metrics'),
    ...lack(
      'The services of the chart do not have this field.',
      ...['clusterIP', 'loadBalancerIP', 'externalIPs', 'externalTrafficPolicy', 'loadBalancerSourceRanges', 'extraPorts'].map(serviceKey),
      ...['sessionAffinity', 'sessionAffinityConfig'].map(serviceKey),
    ),
  ];
}

function serviceKey(key: string): string {
  return `service.${key}`;
}

function volumeRows(role: string): readonly Row[] {
  const whileKept = { path: `${role}.${RETENTION_OFF}`, is: [true] };
  return [
    ...PERSISTENCE_ROWS,
    move('persistentVolumeClaimRetentionPolicy.whenDeleted', 'storage.retention.whenDeleted', { when: [whileKept] }),
    move('persistentVolumeClaimRetentionPolicy.whenScaled', 'storage.retention.whenScaled', { when: [whileKept] }),
    ...drop('Claims are kept unless storage.retention says otherwise.', 'persistentVolumeClaimRetentionPolicy'),
  ];
}

function resourceRows(role: string): readonly Row[] {
  const unlessWritten = [{ path: `${role}.resources`, is: [''] }];
  const change = { kind: 'resourcesPreset', presets: PRESETS } as const;
  return [
    move('resources', 'resources.server', { several: 'larger' }),
    move('resourcesPreset', 'resources.server', { several: 'larger', when: unlessWritten, change }),
  ];
}

const SCHEDULING: readonly Row[] = [
  ...podRows({ labels: 'podLabels', annotations: 'podAnnotations' }),
  move('podAntiAffinityPreset', 'scheduling.antiAffinity', { change: { kind: 'words', words: ANTI_AFFINITY } }),
  move('nodeAffinityPreset', 'scheduling.affinity', { change: { kind: 'nodeAffinity' } }),
  ...lack('The chart keeps its pods apart, not together.', 'podAffinityPreset'),
  move('terminationGracePeriodSeconds', 'terminationGracePeriodSeconds', { change: { kind: 'number' } }),
  move('updateStrategy.type', 'update.strategy'),
  move('updateStrategy.rollingUpdate.partition', 'update.partition', { change: { kind: 'number' } }),
  move('rollingUpdatePartition', 'update.partition', { change: { kind: 'number' } }),
  move('pdb.create', 'podDisruptionBudget.enabled'),
  move('pdb.maxUnavailable', 'podDisruptionBudget.maxUnavailable'),
  ...drop('The chart counts the pods that may be away: podDisruptionBudget.maxUnavailable.', 'pdb.minAvailable'),
  ...drop('The pods start together.', 'podManagementPolicy'),
];

const EXTRAS: readonly Row[] = [
  move('extraFlags', 'config.common', { change: { kind: 'flags' } }),
  move('extraEnvVars', 'server.extraEnv', { change: { kind: 'environment' } }),
  move('extraVolumes', 'pod.extraVolumes'),
  move('extraVolumeMounts', 'server.extraVolumeMounts'),
  move('sidecars', 'pod.extraContainers'),
  ...lack('Name the variables one by one in server.extraEnv.', 'extraEnvVarsCM', 'extraEnvVarsSecret'),
];

const POD_FIELDS = ['hostAliases', 'runtimeClassName', 'schedulerName', 'extraPodSpec', 'initContainers'];
const OWN_SCRIPTS = ['command', 'args', 'lifecycleHooks', 'customLivenessProbe', 'customReadinessProbe', 'customStartupProbe'];

const GONE: readonly Row[] = [
  ...drop('The pods of a release are numbered, and have no other names.', 'name'),
  ...lack('Write the settings into config.common.', 'existingConfigmap'),
  ...drop('The old image needed it.', 'enableDefaultInitContainers', 'startupWaitOptions'),
  ...lack('The chart keeps as many revisions as Kubernetes does by default.', 'revisionHistoryLimit'),
  ...lack('The chart has no such field of the pod.', ...POD_FIELDS),
  ...lack('The chart starts, watches and stops the server by its own scripts.', ...OWN_SCRIPTS),
  ...lack('The server listens on 3306 alone.', 'extraPorts'),
];

/** Rows for one of the two roles, without their prefix. */
export function bitnamiRoleRows(role: 'primary' | 'secondary'): readonly Row[] {
  return [
    ...resourceRows(role),
    ...SCHEDULING,
    move('podSecurityContext', 'pod.securityContext', { change: { kind: 'without', keys: ['enabled', 'fsGroup'] } }),
    ...NOT_NEEDED,
    ...PROBE_ROWS,
    ...volumeRows(role),
    ...EXTRAS,
    ...serviceRows(role),
    ...GONE,
  ];
}
