/** What the chart calls its own in a pod. A test compares the lists with what is rendered. */

/** Containers, those that run first included. */
export const CONTAINER_NAMES: readonly string[] = [
  'agent',
  'agent-metrics',
  'clone-mysql',
  'fix-ownership',
  'init-mysql',
  'keeper',
  'mysql',
  'server-metrics',
];

export const VOLUME_NAMES_OF_POD: readonly string[] = [
  'api-token',
  'certificates',
  'config',
  'data',
  'initdb',
  'metrics',
  'passwords',
  'run',
  'scripts',
  'tmp',
];

/** Folders with all that lies below them. */
export const FOLDERS: readonly string[] = [
  '/etc/mysql-sts',
  '/opt/mysql-sts',
  '/run/mysql-sts',
  '/run/mysql-sts-metrics',
  '/var/lib/mysql',
  '/var/run/secrets/kubernetes.io/serviceaccount',
];

/** A folder in which others may have folders of their own. */
export const TEMPORARY_FOLDER = '/tmp';

/** Variables of containers that start the server. */
export const VARIABLE_NAMES: readonly string[] = [
  'ADOPT_FOLDER',
  'APP_DATABASE',
  'APP_USERNAME',
  'AUTH_SECRET',
  'BINLOG_RETENTION',
  'CLONE_DEADLINE',
  'CLONE_METHOD',
  'CLONE_STALL_TIMEOUT',
  'FAILOVER',
  'FULLNAME',
  'LEASE_FOR',
  'MAX_LAG',
  'MAX_SOURCE_SILENCE',
  'POD_ENGINE',
  'POD_NAME',
  'POD_NAMESPACE',
  'PRIMARY_VOLUME_LOST',
  'READ_PORT',
  'SECRET_KEY_APP',
  'SECRET_KEY_CLONE',
  'SECRET_KEY_MONITOR',
  'SECRET_KEY_REPLICATION',
  'SECRET_KEY_ROOT',
  'SERVER_ID_BASE',
  'STOP_PATIENCE',
  'STORAGE_KIND',
  'TLS_CLIENTS',
  'TLS_SECRET',
  'TRUST_EMPTY_VOLUME',
  'TRUST_FUNCTION_CREATORS',
  'VOLUME_FIRST_INDEX',
  'VOLUME_FOLDER',
  'VOLUME_HOST',
];
