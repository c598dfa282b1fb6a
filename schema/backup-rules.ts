/** Rules between values of backups and of a release that begins from one. */
import { all, any, is, isEmpty, isSet, not, say, value, type ValuesPath } from './conditions.ts';
import type { Rule } from './rule.ts';

type Owner = 'backup' | 'restore';

function bucketNamed(owner: Owner): Rule {
  const kind: ValuesPath = `${owner}.target.kind`;
  const bucket: ValuesPath = `${owner}.target.s3.bucket`;
  return {
    id: `${owner}-bucket-named`,
    paths: [bucket, kind],
    brokenWhen: all(isSet(`${owner}.enabled`), is(kind, 's3'), isEmpty(bucket)),
    sentence: say`The target of the kind s3 names no bucket.`,
    cure: [`Name one that exists, or set ${kind} to volume.`],
  };
}

function volumeNamed(owner: Owner): Rule {
  const claim: ValuesPath = `${owner}.target.volume.existingClaim`;
  const server: ValuesPath = `${owner}.target.volume.nfs.server`;
  const path: ValuesPath = `${owner}.target.volume.nfs.path`;
  return {
    id: `${owner}-volume-named`,
    paths: [claim, server, path],
    brokenWhen: all(isSet(`${owner}.enabled`), is(`${owner}.target.kind`, 'volume'), isEmpty(claim), any(isEmpty(server), isEmpty(path))),
    sentence: say`The target of the kind volume does not say which volume.`,
    cure: [`Name a claim that exists in ${claim}, or set ${server} and ${path}.`],
  };
}

function authorityNamed(owner: Owner): Rule {
  const kind: ValuesPath = `${owner}.target.s3.authority.kind`;
  const name: ValuesPath = `${owner}.target.s3.authority.name`;
  return {
    id: `${owner}-authority-named`,
    paths: [name, kind],
    brokenWhen: all(isSet(`${owner}.enabled`), not(is(kind, 'none')), isEmpty(name)),
    sentence: say`The authority of the storage is in a ${value(kind)} without a name.`,
    cure: [`Name it, or set ${kind} to none.`],
  };
}

const primaryIsNamed: Rule = {
  id: 'backup-from-primary',
  paths: ['backup.from', 'failover.mode'],
  brokenWhen: all(isSet('backup.enabled'), is('backup.from', 'primary'), is('failover.mode', 'automatic')),
  sentence: say`A backup asks a pod by its name, and with failover the primary has none that stays.`,
  cure: say`Set backup.from to replica or preferReplica.`,
};

const restoreOrAdopt: Rule = {
  id: 'restore-or-adopt',
  paths: ['restore.enabled', 'storage.adoptFolder'],
  brokenWhen: all(isSet('restore.enabled'), isSet('storage.adoptFolder')),
  sentence: say`A release begins from a backup or from the data directory in the folder ${value('storage.adoptFolder')}, and not from both.`,
  cure: say`Remove one of the two values.`,
};

const restoreOrInitdb: Rule = {
  id: 'restore-or-initdb',
  paths: ['restore.enabled', 'initdb.scripts', 'initdb.binaryScripts', 'initdb.existingConfigMap'],
  brokenWhen: all(isSet('restore.enabled'), any(isSet('initdb.scripts'), isSet('initdb.binaryScripts'), isSet('initdb.existingConfigMap'))),
  sentence: say`The scripts of initdb fill an empty database, and a release that begins from a backup has none.`,
  cure: say`Remove the scripts; what they would do can be done once the primary is Ready.`,
};

/** In the order in which broken ones are listed. */
export const BACKUP_RULES: readonly Rule[] = [
  bucketNamed('backup'),
  volumeNamed('backup'),
  authorityNamed('backup'),
  bucketNamed('restore'),
  volumeNamed('restore'),
  authorityNamed('restore'),
  primaryIsNamed,
  restoreOrAdopt,
  restoreOrInitdb,
];
