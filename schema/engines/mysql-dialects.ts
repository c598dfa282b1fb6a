/**
 * MySQL's words, from the oldest server to the newest: what a series renamed, added and removed.
 */
import { CLASSIC_COLUMNS, ERROR_COLUMNS } from './common.ts';
import type { AccountGrants, Engine, ReplicaStatusColumns, ReplicationSql, SemiSync, ServerOptions } from './engine.ts';

/** What differs between servers of this family. */
export type MysqlDialect = Pick<Engine, 'sql' | 'columns' | 'options' | 'semiSync' | 'grants'>;

const CLASSIC_SQL: ReplicationSql = {
  changeSource: 'CHANGE MASTER TO',
  sourcePasswordBytes: 32,
  sourceTerms: 'MASTER',
  autoPosition: 'MASTER_AUTO_POSITION = 1',
  requireTls: 'MASTER_SSL = 1, MASTER_SSL_VERIFY_SERVER_CERT = 1',
  startReplica: 'START SLAVE',
  stopReplica: 'STOP SLAVE',
  resetReplicaAll: 'RESET SLAVE ALL',
  reloadCertificates: '',
  showReplicaStatus: 'SHOW SLAVE STATUS',
  resetGtids: 'RESET MASTER',
  seededGtids: 'gtid_purged',
  identifiedBy: 'IDENTIFIED BY',
};

/**
 * What makes GTIDs whole. A server that is killed while it starts can leave a newest binary log that does not tell what came before
 * it; the simple recovery of the next start looks into no other, and forgets a transaction that the tables have.
 */
const GTID_SETTINGS = ['gtid_mode=ON', 'enforce_gtid_consistency=ON', 'binlog_gtid_simple_recovery=OFF'] as const;

/** Where a replica stands is kept in tables here, as in every later server: files would not survive a crash together with the data. */
const CLASSIC_OPTIONS: ServerOptions = {
  readOnly: 'super_read_only',
  eventsByDefault: 'OFF',
  holdReplication: 'skip_slave_start',
  logReplicaUpdates: 'log_slave_updates',
  replicaNetTimeout: 'slave_net_timeout',
  binlogRetention: 'expire_logs_days',
  binlogRetentionUnit: 86400,
  gtid: GTID_SETTINGS,
  closed: ['master_info_repository=TABLE', 'relay_log_info_repository=TABLE'],
};

/** The longest time that the servers take, 49 days in milliseconds: a commit that another server lacks is not told to be done. */
const NEVER_ALONE = '4294967295';

const CLASSIC_SEMI_SYNC: SemiSync = {
  plugins: 'semisync_master.so;semisync_slave.so',
  settings: [
    `rpl_semi_sync_master_timeout=${NEVER_ALONE}`,
    'rpl_semi_sync_master_wait_no_slave=ON',
    'rpl_semi_sync_master_wait_point=AFTER_SYNC',
  ],
  sourceEnabled: 'rpl_semi_sync_master_enabled',
  replicaEnabled: 'rpl_semi_sync_slave_enabled',
  ackCount: 'rpl_semi_sync_master_wait_for_slave_count',
  waitingSessions: 'Rpl_semi_sync_master_wait_sessions',
  receivers: 'Rpl_semi_sync_master_clients',
  acknowledged: 'Rpl_semi_sync_master_yes_tx',
};

const CLASSIC_GRANTS: AccountGrants = {
  replication: 'REPLICATION SLAVE',
  clone: 'PROCESS, RELOAD, LOCK TABLES, REPLICATION CLIENT',
  monitor: 'PROCESS, REPLICATION CLIENT',
  cloneTables: [],
};

/** MySQL 5.7. */
export const CLASSIC: MysqlDialect = {
  sql: CLASSIC_SQL,
  columns: CLASSIC_COLUMNS,
  options: CLASSIC_OPTIONS,
  semiSync: CLASSIC_SEMI_SYNC,
  grants: CLASSIC_GRANTS,
};

const CURRENT_SQL: ReplicationSql = {
  changeSource: 'CHANGE REPLICATION SOURCE TO',
  sourcePasswordBytes: 32,
  sourceTerms: 'SOURCE',
  autoPosition: 'SOURCE_AUTO_POSITION = 1',
  requireTls: 'SOURCE_SSL = 1, SOURCE_SSL_VERIFY_SERVER_CERT = 1',
  startReplica: 'START REPLICA',
  stopReplica: 'STOP REPLICA',
  resetReplicaAll: 'RESET REPLICA ALL',
  reloadCertificates: 'ALTER INSTANCE RELOAD TLS',
  showReplicaStatus: 'SHOW REPLICA STATUS',
  resetGtids: 'RESET BINARY LOGS AND GTIDS',
  seededGtids: 'gtid_purged',
  // Named, since an account from 5.7 would keep the method that 8.4 no longer takes.
  identifiedBy: 'IDENTIFIED WITH caching_sha2_password BY',
};

const CURRENT_COLUMNS: ReplicaStatusColumns = {
  ioRunning: 'Replica_IO_Running',
  sqlRunning: 'Replica_SQL_Running',
  sqlState: 'Replica_SQL_Running_State',
  lag: 'Seconds_Behind_Source',
  readPosition: 'Read_Source_Log_Pos',
  sourceHost: 'Source_Host',
  ...ERROR_COLUMNS,
};

const CURRENT_OPTIONS: ServerOptions = {
  readOnly: 'super_read_only',
  eventsByDefault: 'ON',
  holdReplication: 'skip_replica_start',
  logReplicaUpdates: 'log_replica_updates',
  replicaNetTimeout: 'replica_net_timeout',
  binlogRetention: 'binlog_expire_logs_seconds',
  binlogRetentionUnit: 1,
  gtid: GTID_SETTINGS,
  closed: ['mysqlx=OFF'],
};

const CURRENT_SEMI_SYNC: SemiSync = {
  plugins: 'semisync_source.so;semisync_replica.so',
  settings: [
    `rpl_semi_sync_source_timeout=${NEVER_ALONE}`,
    'rpl_semi_sync_source_wait_no_replica=ON',
    'rpl_semi_sync_source_wait_point=AFTER_SYNC',
  ],
  sourceEnabled: 'rpl_semi_sync_source_enabled',
  replicaEnabled: 'rpl_semi_sync_replica_enabled',
  ackCount: 'rpl_semi_sync_source_wait_for_replica_count',
  waitingSessions: 'Rpl_semi_sync_source_wait_sessions',
  receivers: 'Rpl_semi_sync_source_clients',
  acknowledged: 'Rpl_semi_sync_source_yes_tx',
};

const CURRENT_GRANTS: AccountGrants = {
  replication: 'REPLICATION SLAVE',
  clone: 'BACKUP_ADMIN, PROCESS, RELOAD, LOCK TABLES, REPLICATION CLIENT',
  monitor: 'PROCESS, REPLICATION CLIENT',
  cloneTables: ['log_status', 'keyring_component_status', 'replication_group_members'],
};

/** MySQL 8.4 and later. */
export const CURRENT: MysqlDialect = {
  sql: CURRENT_SQL,
  columns: CURRENT_COLUMNS,
  options: CURRENT_OPTIONS,
  semiSync: CURRENT_SEMI_SYNC,
  grants: CURRENT_GRANTS,
};

/** MySQL 8.0 from 8.0.26 on: today's words, but for the one that came in 8.2. */
export const TRANSITIONAL: MysqlDialect = { ...CURRENT, sql: { ...CURRENT_SQL, resetGtids: 'RESET MASTER' } };
