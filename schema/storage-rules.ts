/** Rules between values of the volumes. */
import { all, any, is, isEmpty, isLess, isSet, matches, say, value, type ValuesPath } from './conditions.ts';
import type { Rule } from './rule.ts';
import { VOLUME_NAMES } from './volume.ts';

const staticCount: Rule = {
  id: 'static-count',
  paths: ['storage.static.count', 'replicaCount'],
  brokenWhen: all(is('storage.kind', 'static'), isLess('storage.static.count', 'replicaCount')),
  sentence: say`${value('storage.static.count')} static volumes are too few for ${value('replicaCount')} pods.`,
  cure: say`Make at least one volume for each pod.`,
};

function staticSource(kind: 'nfs' | 'hostPath' | 'local', needed: readonly [ValuesPath, ...ValuesPath[]]): Rule {
  return {
    id: `static-source-${kind}`,
    paths: needed,
    brokenWhen: all(is('storage.kind', 'static'), is('storage.static.source.kind', kind), any(...needed.map(isEmpty))),
    sentence: say`Static volumes of the source ${value('storage.static.source.kind')} do not say where their folders are.`,
    cure: [`Set ${needed.join(' and ')}.`],
  };
}

const staticRetention: Rule = {
  id: 'static-retention',
  paths: ['storage.retention.whenScaled', 'storage.kind'],
  brokenWhen: all(is('storage.kind', 'static'), is('storage.retention.whenScaled', 'Delete')),
  sentence: say`A static volume takes no other claim than its first, so a pod whose claim was deleted would wait for one without an end.`,
  cure: say`Set storage.retention.whenScaled to Retain.`,
};

const ownershipOfNothing: Rule = {
  id: 'fix-ownership-volume',
  paths: ['storage.fixOwnership', 'storage.kind'],
  brokenWhen: all(is('storage.kind', 'ephemeral'), isSet('storage.fixOwnership')),
  sentence: say`Pods with ${value('storage.kind')} storage have no volume whose folder could belong to somebody else.`,
  cure: say`Leave out fixOwnership, or choose another kind.`,
};

const RESERVED = VOLUME_NAMES.map(({ name }) => name.replaceAll('.', '\\.')).join('|');

const adoptReserved: Rule = {
  id: 'adopt-reserved',
  paths: ['storage.adoptFolder'],
  brokenWhen: matches('storage.adoptFolder', `^(${RESERVED})(/|$)`),
  sentence: say`The chart keeps something of its own under this name on the volume.`,
  cure: say`Give the folder with the old data directory another name.`,
};

/** In the order in which broken ones are listed. */
export const STORAGE_RULES: readonly Rule[] = [
  staticCount,
  staticSource('nfs', ['storage.static.source.nfs.server', 'storage.static.source.nfs.path']),
  staticSource('hostPath', ['storage.static.source.hostPath.path']),
  staticSource('local', ['storage.static.source.local.path', 'storage.static.source.local.node']),
  staticRetention,
  ownershipOfNothing,
  adoptReserved,
];
