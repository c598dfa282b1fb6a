import type { ReplicaStatusColumns } from './engine.ts';

/** Commands and packages of commands that every image has. */
export const SHELL_COMMANDS = ['bash', 'coreutils', 'find', 'grep', 'gzip', 'sed'] as const;

/** Columns of SHOW REPLICA STATUS that bear the same name everywhere. */
export const ERROR_COLUMNS = {
  lastIoErrno: 'Last_IO_Errno',
  lastIoError: 'Last_IO_Error',
  lastSqlError: 'Last_SQL_Error',
} as const;

/** The columns in the words of MySQL 5.7, which MariaDB kept. */
export const CLASSIC_COLUMNS: ReplicaStatusColumns = {
  ioRunning: 'Slave_IO_Running',
  sqlRunning: 'Slave_SQL_Running',
  sqlState: 'Slave_SQL_Running_State',
  lag: 'Seconds_Behind_Master',
  readPosition: 'Read_Master_Log_Pos',
  sourceHost: 'Master_Host',
  ...ERROR_COLUMNS,
};
