import { NOT_NEEDED, PERSISTENCE_ROWS, podRows, PROBE_ROWS } from './pods.ts';
import { below, drop, lack, move, password, when, type Origin, type Row } from './row.ts';

const NO_GALERA = 'The chart has one primary and replicas that follow it, no Galera: set replicaCount, and move the rows by a dump.';

const AUTH_ROWS: readonly Row[] = [
  ...drop('Root has a password and logs in only inside the pod.', 'auth.enabled', 'auth.allowEmptyRootPassword'),
  move('auth.database', 'auth.database'),
  move('auth.username', 'auth.username'),
  move('auth.existingSecret', 'auth.existingSecret'),
  ...when({ path: 'auth.existingSecret', is: ['*'] }, [
    move('auth.secretKeys.rootPasswordKey', 'auth.secretKeys.root'),
    move('auth.secretKeys.userPasswordKey', 'auth.secretKeys.app'),
  ]),
  password('auth.rootPassword', 'root'),
  password('auth.password', 'app'),
  password('galera.sst.password', 'other'),
];

const SERVICE_ROWS: readonly Row[] = [
  move('service.type', 'services.primary.type'),
  move('service.port', 'services.primary.port', { change: { kind: 'number' } }),
  move('service.nodePort', 'services.primary.nodePort', {
    change: { kind: 'number' },
    when: [{ path: 'service.type', is: ['NodePort', 'LoadBalancer'] }],
  }),
  move('service.annotations', 'services.primary.annotations'),
  ...lack('The services of the chart do not have this field.', 'service.clusterIP'),
  ...lack('HTTP rules do not lead to a database: services.primary.type LoadBalancer does.', 'ingress', 'gatewayAPI'),
];

const POLICY_ROWS: readonly Row[] = [
  move('networkPolicy.enabled', 'networkPolicy.enabled', { isOursByDefault: true }),
  ...when({ path: 'networkPolicy.enabled', is: [true] }, [
    move('networkPolicy.allowExternal', 'networkPolicy.clients', { change: { kind: 'closed', openWhile: true } }),
    move('networkPolicy.ingressNSMatchLabels', 'networkPolicy.peers', { change: { kind: 'peer', field: 'namespaceSelector' } }),
    move('networkPolicy.ingressNSPodMatchLabels', 'networkPolicy.peers', { change: { kind: 'peer', field: 'podSelector' } }),
  ]),
];

/** CloudPirates' chart mariadb. */
export const CLOUDPIRATES_MARIADB: Origin = {
  name: 'cloudpirates-mariadb',
  title: "CloudPirates' chart mariadb",
  shape: 'values',
  marks: [
    'config.customConfiguration',
    'config.existingConfigMap',
    'galera',
    'auth.secretKeys.rootPasswordKey',
    'image.imagePullPolicy',
    'gatewayAPI',
    'extraConfigs',
  ],
  defaults: {
    'image.tag': '12.3.2',
    'auth.database': '',
    'auth.username': '',
    'auth.existingSecret': '',
    'auth.secretKeys.rootPasswordKey': 'mariadb-root-password',
    'auth.secretKeys.userPasswordKey': 'mariadb-password',
    'galera.enabled': false,
    'persistence.size': '8Gi',
    'service.type': 'ClusterIP',
    'networkPolicy.enabled': false,
    'networkPolicy.allowExternal': true,
    'metrics.enabled': false,
    'ingress.enabled': false,
  },
  rows: [
    move('global.imageRegistry', 'global.imageRegistry', { change: { kind: 'registry' } }),
    move('global.imagePullSecrets', 'global.imagePullSecrets'),
    move('nameOverride', 'nameOverride'),
    move('fullnameOverride', 'fullnameOverride'),
    ...lack("Helm's --namespace says where a release lives.", 'namespaceOverride'),
    ...lack('The pods get pod.labels and pod.annotations; no value reaches all objects.', 'commonLabels', 'commonAnnotations'),
    move('image.tag', 'engine', { change: { kind: 'engine', family: 'mariadb' } }),
    move('image.registry', 'images.server.registry', { change: { kind: 'registry' } }),
    move('image.imagePullPolicy', 'images.server.pullPolicy'),
    move('image.pullPolicy', 'images.server.pullPolicy'),
    ...drop('The engine says which image this is.', 'image.repository'),
    ...AUTH_ROWS,
    move('config.customConfiguration', 'config.common', { change: { kind: 'settings' } }),
    ...lack('Write the settings into config.common.', 'config.existingConfigMap'),
    move('galera.enabled', 'replicaCount', { change: { kind: 'constant', value: 1 }, when: [{ path: 'galera.enabled', is: [false] }] }),
    ...when({ path: 'galera.enabled', is: [true] }, lack(NO_GALERA, 'galera.enabled')),
    ...lack(NO_GALERA, 'galera'),
    ...SERVICE_ROWS,
    ...PERSISTENCE_ROWS,
    move('podSecurityContext', 'pod.securityContext', { change: { kind: 'without', keys: ['fsGroup'] } }),
    ...NOT_NEEDED,
    move('resources', 'resources.server'),
    move('serviceAccount.create', 'serviceAccount.create'),
    move('serviceAccount.name', 'serviceAccount.name'),
    move('serviceAccount.annotations', 'serviceAccount.annotations'),
    ...below('serviceAccount', NOT_NEEDED),
    move('extraEnvVars', 'server.extraEnv', { change: { kind: 'environment' } }),
    ...lack('The chart starts the server by its own scripts.', 'command', 'args'),
    ...lack(
      'Name such a volume in pod.extraVolumes and its place in server.extraVolumeMounts.',
      'extraSecrets',
      'extraConfigs',
      'extraVolumes',
    ),
    move('initdbScriptsConfigMap', 'initdb.existingConfigMap'),
    ...PROBE_ROWS,
    ...drop('The probes of this chart ask something else.', 'healthcheckExtraArgs'),
    move('podDisruptionBudget.enabled', 'podDisruptionBudget.enabled'),
    move('podDisruptionBudget.maxUnavailable', 'podDisruptionBudget.maxUnavailable'),
    ...drop('The chart counts the pods that may be away: podDisruptionBudget.maxUnavailable.', 'podDisruptionBudget.minAvailable'),
    ...POLICY_ROWS,
    ...podRows({ labels: 'podLabels', annotations: 'podAnnotations' }),
    ...lack('Give these objects to your deployment as a manifest of their own.', 'extraObjects'),
    ...lack('The chart has no exporter of its own: add one as pod.extraContainers.', 'metrics'),
  ],
};
