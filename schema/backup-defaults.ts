import type { Backup } from './values/backup.ts';
import type { Restore } from './values/restore.ts';
import type { BackupTarget } from './values/target.ts';

/** Nowhere yet: whoever switches backups on names a bucket or a volume. */
const TARGET: BackupTarget = {
  kind: 's3',
  prefix: '',
  s3: {
    endpoint: '',
    region: 'us-east-1',
    bucket: '',
    pathStyle: true,
    existingSecret: '',
    secretKeys: { accessKey: 'access-key', secretKey: 'secret-key' },
    authority: { kind: 'none', name: '', key: 'ca.crt' },
    storageClass: '',
    serverSideEncryption: '',
  },
  volume: { existingClaim: '', nfs: { server: '', path: '' } },
  encryption: { existingSecret: '', key: 'password' },
  rateLimit: '',
};

export const BACKUP: Backup = {
  enabled: false,
  schedule: '17 3 * * *',
  timeZone: '',
  suspend: false,
  from: 'preferReplica',
  deadline: '6h',
  target: TARGET,
  compressionLevel: 3,
  scratch: { size: '', storageClassName: '' },
  keep: { last: 7, for: '14d' },
  verify: { enabled: true, schedule: '41 5 * * 0', sql: '' },
  serviceAccount: { annotations: {} },
};

export const RESTORE: Restore = {
  enabled: false,
  target: TARGET,
  source: { namespace: '', name: '' },
  cluster: '',
  backup: 'latest',
};
