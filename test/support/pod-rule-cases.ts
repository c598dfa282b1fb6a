import type { RuleCase } from './rule-cases.ts';

/** Values that break exactly one of the rules in schema/pod-rules.ts, and neighbours that do not. */

function requestCase(container: string): RuleCase {
  return {
    refused: { resources: { [container]: { requests: { memory: '4Gi', cpu: '100m' }, limits: { memory: '1Gi', cpu: 1 } } } },
    accepted: { resources: { [container]: { requests: { memory: '1024Mi', cpu: '1000m' }, limits: { memory: '1Gi', cpu: 1 } } } },
    message:
      `resources.${container}: A container cannot request more of a resource than its limit allows. ` +
      'Lower the request, or raise the limit.',
  };
}

const SCRATCH = { name: 'scratch', emptyDir: {} };

export const POD_RULE_CASES: Readonly<Record<string, RuleCase>> = {
  'containers-reserved': {
    refused: { pod: { extraContainers: [{ name: 'agent', image: 'x:1' }] } },
    accepted: { pod: { extraContainers: [{ name: 'agent-2', image: 'x:1' }] } },
    message: "pod.extraContainers: agent names a container of the chart's own. Give your container another name.",
  },
  'containers-twice': {
    refused: {
      pod: {
        extraContainers: [
          { name: 'a', image: 'x:1' },
          { name: 'a', image: 'y:1' },
        ],
      },
    },
    accepted: {
      pod: {
        extraContainers: [
          { name: 'a', image: 'x:1' },
          { name: 'b', image: 'x:1' },
        ],
      },
    },
    message: 'pod.extraContainers: a is there twice. Give each container a name of its own.',
  },
  'volumes-reserved': {
    refused: {
      pod: {
        extraVolumes: [
          { name: 'tmp', emptyDir: {} },
          { name: 'data', emptyDir: {} },
        ],
      },
    },
    accepted: { pod: { extraVolumes: [{ name: 'tmp-2', emptyDir: {} }] } },
    message: "pod.extraVolumes: tmp, data names a volume of the chart's own. Give your volume another name.",
  },
  'volumes-twice': {
    refused: { pod: { extraVolumes: [SCRATCH, SCRATCH] } },
    accepted: { pod: { extraVolumes: [SCRATCH] } },
    message: 'pod.extraVolumes: scratch is there twice. Give each volume a name of its own.',
  },
  'mounts-reserved': {
    refused: { pod: { extraVolumes: [SCRATCH] }, server: { extraVolumeMounts: [{ name: 'scratch', mountPath: '/tmp/' }] } },
    accepted: { pod: { extraVolumes: [SCRATCH] }, server: { extraVolumeMounts: [{ name: 'scratch', mountPath: '/var/lib/mysql-files' }] } },
    message:
      'server.extraVolumeMounts: /tmp/ lies in a folder that the chart mounts itself. ' +
      'Mount your volume elsewhere. The kind and size of /tmp are the value storage.temporary.',
  },
  'mounts-twice': {
    refused: {
      server: {
        extraVolumeMounts: [
          { name: 'data', mountPath: '/a' },
          { name: 'tmp', mountPath: '/a' },
        ],
      },
    },
    accepted: {
      server: {
        extraVolumeMounts: [
          { name: 'data', mountPath: '/a' },
          { name: 'tmp', mountPath: '/b' },
        ],
      },
    },
    message: 'server.extraVolumeMounts: /a is there twice. Give each volume a place of its own.',
  },
  'mounts-nowhere': {
    refused: { server: { extraVolumeMounts: [{ name: 'scratch', mountPath: '/scratch' }] } },
    accepted: { pod: { extraVolumes: [SCRATCH] }, server: { extraVolumeMounts: [{ name: 'scratch', mountPath: '/scratch' }] } },
    message:
      'server.extraVolumeMounts, pod.extraVolumes: A volume is mounted that the pod does not have: scratch. ' +
      'Add it to pod.extraVolumes, or correct its name.',
  },
  'container-mounts-nowhere': {
    refused: { pod: { extraContainers: [{ name: 'a', image: 'x:1', volumeMounts: [{ name: 'scratch', mountPath: '/s' }] }] } },
    accepted: { pod: { extraContainers: [{ name: 'a', image: 'x:1', volumeMounts: [{ name: 'run', mountPath: '/s' }] }] } },
    message:
      'pod.extraContainers, pod.extraVolumes: A volume is mounted that the pod does not have: scratch. ' +
      'Add it to pod.extraVolumes, or correct its name.',
  },
  'variables-reserved': {
    refused: { server: { extraEnv: [{ name: 'POD_NAME', value: 'x' }] } },
    accepted: { server: { extraEnv: [{ name: 'POD_NAMES', value: 'x' }] } },
    message: 'server.extraEnv: POD_NAME is a variable that the chart sets itself. Remove it, or give your variable another name.',
  },
  'variables-twice': {
    refused: {
      server: {
        extraEnv: [
          { name: 'TZ', value: 'UTC' },
          { name: 'TZ', value: 'CET' },
        ],
      },
    },
    accepted: {
      server: {
        extraEnv: [
          { name: 'TZ', value: 'UTC' },
          { name: 'LANG', value: 'C' },
        ],
      },
    },
    message: 'server.extraEnv: TZ is there twice. Give each variable a name of its own.',
  },
  'server-requests-within-limits': requestCase('server'),
  'agent-requests-within-limits': requestCase('agent'),
  'keeper-requests-within-limits': requestCase('keeper'),
  'exporters-requests-within-limits': requestCase('exporters'),
  'init-requests-within-limits': requestCase('init'),
  'access-modes-alone': {
    refused: { storage: { accessModes: ['ReadWriteOnce', 'ReadWriteOncePod'] } },
    accepted: { storage: { accessModes: ['ReadWriteOncePod'] } },
    message:
      'storage.accessModes: Kubernetes takes ReadWriteOncePod with no other access mode beside it. Name that one alone, or leave it out.',
  },
  'peers-not-empty': {
    refused: { networkPolicy: { clients: 'peers', peers: [{}] } },
    accepted: { networkPolicy: { clients: 'peers', peers: [{ podSelector: {} }] } },
    message:
      'networkPolicy.peers: Kubernetes refuses a peer that names nobody. Give it a podSelector, a namespaceSelector or ' +
      'an ipBlock. To let everybody in, set networkPolicy.clients to everybody.',
  },
};
