import type { Image } from './values/images.ts';
import type { Values } from './values.ts';

/** The engine's own image. */
const ENGINE_IMAGE: Image = { registry: '', repository: '', tag: '', digest: '', pullPolicy: 'IfNotPresent' };

/** What a release has whose user says nothing: a primary and two replicas that fit a machine with two cores. */
export const DEFAULTS: Values = {
  engine: 'mysql-9.7',
  replicaCount: 3,
  nameOverride: '',
  fullnameOverride: '',
  clusterDomain: 'cluster.local',
  global: { imageRegistry: '', imagePullSecrets: [], storageClassName: '' },
  images: { server: ENGINE_IMAGE, clone: ENGINE_IMAGE, pullSecrets: [] },
  config: { common: '', primary: '', replica: '', trustFunctionCreators: true, serverIdBase: 100, binlogRetention: '7d' },
  clone: {
    method: 'auto',
    deadline: '6h',
    plugin: { stallTimeout: '30s' },
    streaming: { parallel: 2 },
  },
  replication: { maxLag: '60s', maxSourceSilence: '10m' },
  recovery: {
    primaryVolumeLost: 'refuse',
    purgedBinlogs: 'reclone',
    missingTransactions: 'reclone',
    errantTransactions: 'report',
    stoppedReplication: 'report',
    after: '2m',
    reclonesPerDay: 3,
    trustEmptyVolume: false,
  },
  auth: {
    existingSecret: '',
    secretKeys: {
      root: 'root-password',
      replication: 'replication-password',
      clone: 'clone-password',
      monitor: 'monitor-password',
      app: 'password',
    },
    database: 'app',
    username: 'app',
  },
  initdb: { scripts: {}, binaryScripts: {}, existingConfigMap: '' },
  storage: {
    kind: 'dynamic',
    size: '10Gi',
    storageClassName: '',
    accessModes: ['ReadWriteOnce'],
    annotations: {},
    fixOwnership: false,
    adoptFolder: '',
    temporary: { kind: 'node', node: { sizeLimit: '' }, volume: { size: '10Gi', storageClassName: '' } },
    retention: { whenDeleted: 'Retain', whenScaled: 'Retain' },
    static: {
      count: 5,
      firstIndex: 1,
      directory: 'mysql-datadir-%d',
      reclaimPolicy: 'Retain',
      source: {
        kind: 'nfs',
        nfs: { server: '', path: '', mountOptions: [] },
        hostPath: { path: '' },
        local: { path: '', node: '' },
      },
    },
  },
  probes: {
    startup: { enabled: true, initialDelaySeconds: 0, periodSeconds: 1, timeoutSeconds: 5, failureThreshold: 21600 },
    liveness: { enabled: true, initialDelaySeconds: 0, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 6 },
    readiness: {
      enabled: true,
      initialDelaySeconds: 0,
      periodSeconds: 2,
      timeoutSeconds: 5,
      failureThreshold: 3,
      successThreshold: 1,
    },
    agent: { enabled: true, initialDelaySeconds: 60, periodSeconds: 30, timeoutSeconds: 10, failureThreshold: 2 },
  },
  resources: {
    server: { requests: { cpu: '250m', memory: '512Mi' } },
    agent: { requests: { cpu: '10m', memory: '48Mi' } },
    init: { requests: { cpu: '100m', memory: '256Mi' } },
  },
  services: {
    headless: { annotations: {} },
    primary: { type: 'ClusterIP', port: 3306, annotations: {} },
    read: { type: 'ClusterIP', port: 3306, annotations: {}, includePrimary: 'whenAlone' },
  },
  tls: {
    mode: 'generated',
    secretName: '',
    certManager: {
      issuer: { name: '', kind: 'Issuer', group: 'cert-manager.io' },
      duration: '90d',
      renewBefore: '30d',
    },
    clients: 'optional',
  },
  networkPolicy: { enabled: true, clients: 'everybody', peers: [] },
  rbac: { create: true },
  serviceAccount: { create: true, name: '', annotations: {} },
  podDisruptionBudget: { enabled: true, maxUnavailable: 1 },
  update: { strategy: 'RollingUpdate', partition: 0 },
  terminationGracePeriodSeconds: 120,
  scheduling: {
    nodeSelector: {},
    tolerations: [],
    affinity: {},
    antiAffinity: 'preferred',
    topologySpreadConstraints: [],
    priorityClassName: '',
  },
  pod: {
    labels: {},
    annotations: {},
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 999,
      runAsGroup: 999,
      fsGroup: 999,
      fsGroupChangePolicy: 'OnRootMismatch',
      seccompProfile: { type: 'RuntimeDefault' },
    },
    extraContainers: [],
    extraVolumes: [],
  },
  server: { extraEnv: [], extraVolumeMounts: [] },
  container: {
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    },
  },
};
