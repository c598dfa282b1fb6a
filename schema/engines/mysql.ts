import { ERROR_COLUMNS, SHELL_COMMANDS } from './common.ts';
import type {
  AccountGrants,
  Engine,
  EngineRow,
  ReplicaStatusColumns,
  ReplicationSql,
  ServerOptions,
} from './engine.ts';

const MYSQL_COMMANDS = [
  ...SHELL_COMMANDS,
  'mysql',
  'mysql_tzinfo_to_sql',
  'mysqladmin',
  'mysqld',
  'mysqldump',
  'openssl',
] as const;

const XTRABACKUP_COMMANDS = [
  ...SHELL_COMMANDS,
  'jq',
  'mysql',
  'mysqladmin',
  'socat',
  'xbstream',
  'xtrabackup',
] as const;

const MYSQL_SQL: ReplicationSql = {
  changeSource: 'CHANGE REPLICATION SOURCE TO',
  sourceTerms: 'SOURCE',
  autoPosition: 'SOURCE_AUTO_POSITION = 1',
  requireTls: 'SOURCE_SSL = 1, SOURCE_SSL_VERIFY_SERVER_CERT = 1',
  startReplica: 'START REPLICA',
  stopReplica: 'STOP REPLICA',
  resetReplicaAll: 'RESET REPLICA ALL',
  showReplicaStatus: 'SHOW REPLICA STATUS',
  resetGtids: 'RESET BINARY LOGS AND GTIDS',
  seededGtids: 'gtid_purged',
  executedGtids: 'gtid_executed',
};

const MYSQL_COLUMNS: ReplicaStatusColumns = {
  ioRunning: 'Replica_IO_Running',
  sqlRunning: 'Replica_SQL_Running',
  lag: 'Seconds_Behind_Source',
  sourceHost: 'Source_Host',
  ...ERROR_COLUMNS,
};

const MYSQL_OPTIONS: ServerOptions = {
  readOnly: 'super_read_only',
  holdReplication: 'skip_replica_start',
  logReplicaUpdates: 'log_replica_updates',
  binlogRetention: 'binlog_expire_logs_seconds',
  gtid: ['gtid_mode=ON', 'enforce_gtid_consistency=ON'],
  closed: ['mysqlx=OFF'],
};

const MYSQL_GRANTS: AccountGrants = {
  replication: 'REPLICATION SLAVE',
  clone: 'BACKUP_ADMIN, PROCESS, RELOAD, LOCK TABLES, REPLICATION CLIENT',
  monitor: 'PROCESS, REPLICATION CLIENT',
};

/** A row for a MySQL server: cloned by its own plugin, or by the XtraBackup of its series. */
export function mysql(row: EngineRow & { readonly xtrabackupTag: string }): Engine {
  const { serverTag, xtrabackupTag, ...rest } = row;
  const serverImage = { repository: 'library/mysql', tag: serverTag };
  return {
    ...rest,
    family: 'mysql',
    serverImage,
    cloneMethods: ['plugin', 'xtrabackup'],
    cloneImages: {
      plugin: serverImage,
      xtrabackup: { repository: 'percona/percona-xtrabackup', tag: xtrabackupTag },
    },
    serverBinary: 'mysqld',
    clientBinary: 'mysql',
    adminBinary: 'mysqladmin',
    timeZoneBinary: 'mysql_tzinfo_to_sql',
    commands: { server: MYSQL_COMMANDS, clone: { plugin: MYSQL_COMMANDS, xtrabackup: XTRABACKUP_COMMANDS } },
    sql: MYSQL_SQL,
    columns: MYSQL_COLUMNS,
    options: MYSQL_OPTIONS,
    grants: MYSQL_GRANTS,
  };
}
