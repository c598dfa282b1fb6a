/** What Kubernetes needs to run a Prometheus that finds the pods of its namespace. */

import { PROMETHEUS_IMAGE } from '../../cluster/images/recipes.ts';

export const NAME = 'prometheus';
export const PORT = 9090;

/** The label by which a release lets it in. */
export const READER = { app: NAME } as const;

const metadata = { name: NAME, labels: READER } as const;

const RIGHTS: readonly object[] = [
  { apiVersion: 'v1', kind: 'ServiceAccount', metadata },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    metadata,
    rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch'] }],
  },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata,
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: NAME },
    subjects: [{ kind: 'ServiceAccount', name: NAME }],
  },
];

const CONTAINER = {
  name: NAME,
  image: PROMETHEUS_IMAGE,
  imagePullPolicy: 'IfNotPresent',
  command: ['prometheus', '--config.file=/etc/prometheus/prometheus.yml', '--storage.tsdb.path=/data', `--web.listen-address=:${PORT}`],
  securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
  volumeMounts: [
    { name: 'config', mountPath: '/etc/prometheus' },
    { name: 'data', mountPath: '/data' },
  ],
  readinessProbe: { httpGet: { path: '/-/ready', port: PORT }, periodSeconds: 1 },
} as const;

const POD = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata,
  spec: {
    serviceAccountName: NAME,
    securityContext: { runAsNonRoot: true, runAsUser: 65534, fsGroup: 65534, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [CONTAINER],
    volumes: [
      { name: 'config', configMap: { name: NAME } },
      { name: 'data', emptyDir: {} },
    ],
  },
} as const;

/** All of it, with its configuration and rules as files. */
export function prometheusObjects(files: Readonly<Record<string, string>>): readonly object[] {
  return [...RIGHTS, { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: files }, POD];
}
