/** Rows that charts of databases have alike. */
import { drop, lack, move, type Row } from './row.ts';

const PROBE_TIMES = 'The probes of this chart ask something else, and their times fit that.';

/** What goes to pods under the usual names. */
export function podRows(names: { readonly labels: string; readonly annotations: string }): readonly Row[] {
  return [
    move(names.labels, 'pod.labels'),
    move(names.annotations, 'pod.annotations'),
    move('nodeSelector', 'scheduling.nodeSelector'),
    move('tolerations', 'scheduling.tolerations'),
    move('affinity', 'scheduling.affinity', { change: { kind: 'rules' } }),
    move('topologySpreadConstraints', 'scheduling.topologySpreadConstraints', { change: { kind: 'rules' } }),
    move('priorityClassName', 'scheduling.priorityClassName'),
  ];
}

/** The three probes: only whether they are there. Without the one for the start, a long recovery would be cut off. */
export const PROBE_ROWS: readonly Row[] = [
  ...drop(PROBE_TIMES, 'startupProbe', 'livenessProbe', 'readinessProbe'),
  move('livenessProbe.enabled', 'probes.liveness.enabled', { change: { kind: 'words', words: { true: null, false: false } } }),
  move('readinessProbe.enabled', 'probes.readiness.enabled', { change: { kind: 'words', words: { true: null, false: false } } }),
];

/** A volume under the usual names. */
export const PERSISTENCE_ROWS: readonly Row[] = [
  move('persistence.enabled', 'storage.kind', { change: { kind: 'words', words: { true: null, false: 'ephemeral' } } }),
  move('persistence.size', 'storage.size', { several: 'larger' }),
  move('persistence.storageClass', 'storage.storageClassName', { change: { kind: 'storageClass' } }),
  move('persistence.accessModes', 'storage.accessModes'),
  move('persistence.annotations', 'storage.annotations'),
  ...lack(
    'The pods take the claims data-<name>-0 and so on: make such a claim before the install to use a volume that exists.',
    'persistence.existingClaim',
  ),
  ...lack('Claims of this chart choose no volume by labels.', 'persistence.selector', 'persistence.labels'),
  ...lack('The chart has folders of its own on the volume.', 'persistence.subPath'),
];

/** What the old chart's images or charts needed, and this one does not. */
export const NOT_NEEDED: readonly Row[] = [
  ...drop(
    'The official images run as user 999, which is the default here.',
    'containerSecurityContext',
    'securityContext',
    'initContainerSecurityContext',
  ),
  ...drop('Only the agent reads a token of the Kubernetes API, from a volume of its own.', 'automountServiceAccountToken'),
];
