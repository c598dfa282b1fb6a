import type { PlainValues } from '../../generator/rules/evaluate-rules.ts';
import type { RuleCase } from './rule-cases.ts';

function targetCases(owner: 'backup' | 'restore'): Readonly<Record<string, RuleCase>> {
  const on = (target: PlainValues): PlainValues => ({ [owner]: { enabled: true, target } });
  const at = `${owner}.target`;
  return {
    [`${owner}-bucket-named`]: {
      refused: { [owner]: { enabled: true } },
      accepted: on({ s3: { bucket: 'backups' } }),
      message:
        `${at}.s3.bucket, ${at}.kind: The target of the kind s3 names no bucket. ` + `Name one that exists, or set ${at}.kind to volume.`,
    },
    [`${owner}-volume-named`]: {
      refused: on({ kind: 'volume', volume: { nfs: { server: 'nas' } } }),
      accepted: on({ kind: 'volume', volume: { nfs: { server: 'nas', path: '/backups' } } }),
      message:
        `${at}.volume.existingClaim, ${at}.volume.nfs.server, ${at}.volume.nfs.path: The target of the kind volume does not say which volume. ` +
        `Name a claim that exists in ${at}.volume.existingClaim, or set ${at}.volume.nfs.server and ${at}.volume.nfs.path.`,
    },
    [`${owner}-authority-named`]: {
      refused: on({ s3: { bucket: 'backups', authority: { kind: 'configMap' } } }),
      accepted: on({ s3: { bucket: 'backups', authority: { kind: 'configMap', name: 'authorities' } } }),
      message:
        `${at}.s3.authority.name, ${at}.s3.authority.kind: The authority of the storage is in a configMap without a name. ` +
        `Name it, or set ${at}.s3.authority.kind to none.`,
    },
  };
}

const RESTORE = { enabled: true, target: { s3: { bucket: 'backups' } } };

/** Cases of schema/backup-rules.ts. */
export const BACKUP_RULE_CASES: Readonly<Record<string, RuleCase>> = {
  ...targetCases('backup'),
  ...targetCases('restore'),
  'backup-from-primary': {
    refused: { backup: { ...RESTORE, from: 'primary' }, failover: { mode: 'automatic' } },
    accepted: { backup: { ...RESTORE, from: 'replica' }, failover: { mode: 'automatic' } },
    message:
      'backup.from, failover.mode: A backup asks a pod by its name, and with failover the primary has none that stays. ' +
      'Set backup.from to replica or preferReplica.',
  },
  'restore-or-adopt': {
    refused: { engine: 'mysql-5.7', restore: RESTORE, storage: { adoptFolder: 'mysql' } },
    accepted: { engine: 'mysql-5.7', restore: RESTORE },
    message:
      'restore.enabled, storage.adoptFolder: A release begins from a backup or from the data directory in the folder mysql, and not from both. ' +
      'Remove one of the two values.',
  },
  'restore-or-initdb': {
    refused: { restore: RESTORE, initdb: { existingConfigMap: 'scripts' } },
    accepted: { restore: RESTORE },
    message:
      'restore.enabled, initdb.scripts, initdb.binaryScripts, initdb.existingConfigMap: The scripts of initdb fill an empty database, and a ' +
      'release that begins from a backup has none. Remove the scripts; what they would do can be done once the primary is Ready.',
  },
};
