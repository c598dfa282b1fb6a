import { CLASSIC_COLUMNS, SHELL_COMMANDS } from './common.ts';
import {
  adoptedSeries,
  type AccountGrants,
  type EngineRow,
  type Named,
  type ReplicationSql,
  type SemiSync,
  type ServerOptions,
} from './engine.ts';

const MARIADB_COMMANDS = [
  ...SHELL_COMMANDS,
  'mariadb',
  'mariadb-admin',
  'mariadb-backup',
  'mariadb-check',
  'mariadb-dump',
  'mariadb-install-db',
  'mariadb-tzinfo-to-sql',
  'mariadb-upgrade',
  'mariadbd',
  'mbstream',
  'my_print_defaults',
  'resolveip',
  'socat',
  'zstd',
] as const;

/** MariaDB took the word "replica" into its statements, but neither into CHANGE MASTER nor into the columns. */
const MARIADB_SQL: ReplicationSql = {
  changeSource: 'CHANGE MASTER TO',
  sourcePasswordBytes: 96,
  sourceTerms: 'MASTER',
  autoPosition: 'MASTER_USE_GTID = slave_pos',
  requireTls: 'MASTER_SSL = 1, MASTER_SSL_VERIFY_SERVER_CERT = 1',
  startReplica: 'START REPLICA',
  stopReplica: 'STOP REPLICA',
  resetReplicaAll: 'RESET REPLICA ALL',
  reloadCertificates: 'FLUSH NO_WRITE_TO_BINLOG SSL',
  showReplicaStatus: 'SHOW REPLICA STATUS',
  resetGtids: 'RESET MASTER',
  seededGtids: 'gtid_slave_pos',
  identifiedBy: 'IDENTIFIED BY',
};

const MARIADB_OPTIONS: ServerOptions = {
  readOnly: 'read_only',
  eventsByDefault: 'OFF',
  holdReplication: 'skip_slave_start',
  logReplicaUpdates: 'log_slave_updates',
  replicaNetTimeout: 'slave_net_timeout',
  binlogRetention: 'binlog_expire_logs_seconds',
  binlogRetentionUnit: 1,
  gtid: ['gtid_strict_mode=ON'],
  closed: [],
};

/** Built into the server. It always waits for one replica. */
const MARIADB_SEMI_SYNC: SemiSync = {
  plugins: '',
  settings: [
    'rpl_semi_sync_master_timeout=18446744073709551615',
    'rpl_semi_sync_master_wait_no_slave=ON',
    'rpl_semi_sync_master_wait_point=AFTER_SYNC',
  ],
  sourceEnabled: 'rpl_semi_sync_master_enabled',
  replicaEnabled: 'rpl_semi_sync_slave_enabled',
  ackCount: '',
  waitingSessions: 'Rpl_semi_sync_master_wait_sessions',
  receivers: 'Rpl_semi_sync_master_clients',
  acknowledged: 'Rpl_semi_sync_master_yes_tx',
};

const MARIADB_GRANTS: AccountGrants = {
  replication: 'REPLICATION SLAVE',
  clone: 'RELOAD, PROCESS, LOCK TABLES, BINLOG MONITOR, REPLICA MONITOR',
  monitor: 'PROCESS, BINLOG MONITOR, REPLICA MONITOR',
  cloneTables: [],
};

/** A row for a MariaDB server, whose image also holds its backup tool. */
export function mariadb<const Name extends string>(row: EngineRow<Name>): Named<Name> {
  const { serverTag, userland, ...rest } = row;
  const serverImage = { repository: 'library/mariadb', tag: serverTag, series: row.series };
  return {
    ...rest,
    family: 'mariadb',
    adopts: adoptedSeries(row),
    serverImage,
    cloneMethods: ['mariadb-backup'],
    cloneImages: { 'mariadb-backup': serverImage },
    serverBinary: 'mariadbd',
    clientBinary: 'mariadb',
    adminBinary: 'mariadb-admin',
    timeZoneBinary: 'mariadb-tzinfo-to-sql',
    userlands: { server: userland, clone: { 'mariadb-backup': userland } },
    commands: { server: MARIADB_COMMANDS, clone: { 'mariadb-backup': MARIADB_COMMANDS } },
    sql: MARIADB_SQL,
    columns: CLASSIC_COLUMNS,
    options: MARIADB_OPTIONS,
    semiSync: MARIADB_SEMI_SYNC,
    grants: MARIADB_GRANTS,
  };
}
