/**
 * Pieces of a values file that editors offer to insert. Each is a whole that works: a test lays it over the defaults and
 * renders it.
 */
import type { ValuesPath } from './conditions.ts';

export interface Snippet {
  /** The value that the body is put into; empty for the file as a whole. */
  readonly path: ValuesPath | '';
  readonly label: string;
  readonly description: string;
  readonly body: unknown;
}

/** In the order in which an editor lists them. */
export const SNIPPETS: readonly Snippet[] = [
  {
    path: '',
    label: 'Secrets made beforehand',
    description: 'Passwords and certificates from Secrets of yours, as Argo CD and helm template need them',
    body: {
      auth: { existingSecret: 'my-passwords' },
      tls: { mode: 'secret', secretName: 'my-certificates' },
    },
  },
  {
    path: '',
    label: 'Private registry',
    description: 'All images from a mirror that needs a login',
    body: { global: { imageRegistry: 'harbor.example.com', imagePullSecrets: [{ name: 'harbor-login' }] } },
  },
  {
    path: 'storage',
    label: 'Volumes of a storage class',
    description: 'Each pod claims a volume of its own',
    body: { size: '100Gi', storageClassName: 'fast' },
  },
  {
    path: 'storage',
    label: 'Volumes over NFS',
    description: 'The chart makes the volumes, one folder of an export each',
    body: { kind: 'static', static: { source: { kind: 'nfs', nfs: { server: '10.1.0.38', path: '/data/mysql' } } } },
  },
  {
    path: 'storage',
    label: 'Folders of one node',
    description: 'The chart makes the volumes; all pods are bound to the node',
    body: { kind: 'static', static: { source: { kind: 'local', local: { path: '/srv/mysql', node: 'node-1' } } } },
  },
  {
    path: 'config.common',
    label: 'Settings of the server',
    description: 'Lines of a my.cnf',
    body: '[mysqld]\nmax_connections = 500\n',
  },
  {
    path: 'initdb.scripts',
    label: 'A script in SQL',
    description: 'Runs once, before anybody can connect',
    body: { '01-schema.sql': 'CREATE TABLE pets (id INT PRIMARY KEY);\n' },
  },
  {
    path: 'resources.server',
    label: 'Memory and processors',
    description: 'What the server asks for, and what it may take',
    body: { requests: { cpu: '2', memory: '8Gi' }, limits: { memory: '8Gi' } },
  },
  {
    path: 'scheduling.tolerations',
    label: 'Nodes for databases',
    description: 'Puts up with the taint of nodes that are kept for databases',
    body: [{ key: 'databases', operator: 'Exists', effect: 'NoSchedule' }],
  },
  {
    path: 'scheduling.topologySpreadConstraints',
    label: 'A pod in each zone',
    description: 'Spreads the pods of the release over zones',
    body: [
      {
        maxSkew: 1,
        topologyKey: 'topology.kubernetes.io/zone',
        whenUnsatisfiable: 'ScheduleAnyway',
      },
    ],
  },
];
