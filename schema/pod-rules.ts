/**
 * Rules about what users add to the pods. Kubernetes refuses a StatefulSet last, when Helm has changed other objects already, so what it
 * would refuse is refused here.
 */
import {
  all,
  exceeds,
  itemEmpty,
  itemMatches,
  itemNowhere,
  itemTwice,
  items,
  say,
  type ItemCondition,
  type ValuesPath,
} from './conditions.ts';
import { CONTAINER_NAMES, FOLDERS, TEMPORARY_FOLDER, VARIABLE_NAMES, VOLUME_NAMES_OF_POD } from './pod-names.ts';
import type { Rule } from './rule.ts';

/** A pattern of texts that are one of some words. */
function oneOf(words: readonly string[]): string {
  return `^(${words.join('|')})$`;
}

const OWN_FOLDERS = `^(${TEMPORARY_FOLDER}|(${FOLDERS.map((folder) => folder.replaceAll('.', '[.]')).join('|')})(/.*)?)/*$`;

const takenContainers = itemMatches('pod.extraContainers', 'name', oneOf(CONTAINER_NAMES));
const containersReserved: Rule = {
  id: 'containers-reserved',
  paths: ['pod.extraContainers'],
  brokenWhen: takenContainers,
  sentence: say`${items(takenContainers)} names a container of the chart's own.`,
  cure: say`Give your container another name.`,
};

const takenVolumes = itemMatches('pod.extraVolumes', 'name', oneOf(VOLUME_NAMES_OF_POD));
const volumesReserved: Rule = {
  id: 'volumes-reserved',
  paths: ['pod.extraVolumes'],
  brokenWhen: takenVolumes,
  sentence: say`${items(takenVolumes)} names a volume of the chart's own.`,
  cure: say`Give your volume another name.`,
};

const takenFolders = itemMatches('server.extraVolumeMounts', 'mountPath', OWN_FOLDERS);
const mountsReserved: Rule = {
  id: 'mounts-reserved',
  paths: ['server.extraVolumeMounts'],
  brokenWhen: takenFolders,
  sentence: say`${items(takenFolders)} lies in a folder that the chart mounts itself.`,
  cure: say`Mount your volume elsewhere. The kind and size of /tmp are the value storage.temporary.`,
};

const takenVariables = itemMatches('server.extraEnv', 'name', oneOf(VARIABLE_NAMES));
const variablesReserved: Rule = {
  id: 'variables-reserved',
  paths: ['server.extraEnv'],
  brokenWhen: takenVariables,
  sentence: say`${items(takenVariables)} is a variable that the chart sets itself.`,
  cure: say`Remove it, or give your variable another name.`,
};

function twice(id: string, path: ValuesPath, field: string, what: string): Rule {
  const condition = itemTwice(path, field);
  return {
    id,
    paths: [path],
    brokenWhen: condition,
    sentence: say`${items(condition)} is there twice.`,
    cure: [`Give each ${what} of its own.`],
  };
}

function nowhere(id: string, path: ValuesPath, condition: ItemCondition): Rule {
  return {
    id,
    paths: [path, 'pod.extraVolumes'],
    brokenWhen: condition,
    sentence: say`A volume is mounted that the pod does not have: ${items(condition)}.`,
    cure: say`Add it to pod.extraVolumes, or correct its name.`,
  };
}

function requestsWithinLimits(container: 'server' | 'agent' | 'keeper' | 'exporters' | 'init'): Rule {
  const path: ValuesPath = `resources.${container}`;
  return {
    id: `${container}-requests-within-limits`,
    paths: [path],
    brokenWhen: exceeds(path),
    sentence: say`A container cannot request more of a resource than its limit allows.`,
    cure: say`Lower the request, or raise the limit.`,
  };
}

const accessModesAlone: Rule = {
  id: 'access-modes-alone',
  paths: ['storage.accessModes'],
  brokenWhen: all(
    itemMatches('storage.accessModes', '', '^ReadWriteOncePod$'),
    itemMatches('storage.accessModes', '', '^ReadWrite(Once|Many)$'),
  ),
  sentence: say`Kubernetes takes ReadWriteOncePod with no other access mode beside it.`,
  cure: say`Name that one alone, or leave it out.`,
};

const peersNotEmpty: Rule = {
  id: 'peers-not-empty',
  paths: ['networkPolicy.peers'],
  brokenWhen: itemEmpty('networkPolicy.peers'),
  sentence: say`Kubernetes refuses a peer that names nobody.`,
  cure: say`Give it a podSelector, a namespaceSelector or an ipBlock. To let everybody in, set networkPolicy.clients to everybody.`,
};

export const POD_RULES: readonly Rule[] = [
  containersReserved,
  twice('containers-twice', 'pod.extraContainers', 'name', 'container a name'),
  volumesReserved,
  twice('volumes-twice', 'pod.extraVolumes', 'name', 'volume a name'),
  mountsReserved,
  twice('mounts-twice', 'server.extraVolumeMounts', 'mountPath', 'volume a place'),
  nowhere(
    'mounts-nowhere',
    'server.extraVolumeMounts',
    itemNowhere('server.extraVolumeMounts', 'name', VOLUME_NAMES_OF_POD, 'pod.extraVolumes'),
  ),
  nowhere(
    'container-mounts-nowhere',
    'pod.extraContainers',
    itemNowhere('pod.extraContainers', 'volumeMounts.name', VOLUME_NAMES_OF_POD, 'pod.extraVolumes'),
  ),
  variablesReserved,
  twice('variables-twice', 'server.extraEnv', 'name', 'variable a name'),
  requestsWithinLimits('server'),
  requestsWithinLimits('agent'),
  requestsWithinLimits('keeper'),
  requestsWithinLimits('exporters'),
  requestsWithinLimits('init'),
  accessModesAlone,
  peersNotEmpty,
];
