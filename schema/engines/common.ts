/** Commands and packages of commands that every image has. */
export const SHELL_COMMANDS = ['bash', 'coreutils', 'find', 'grep', 'gzip', 'sed'] as const;

/** Columns of SHOW REPLICA STATUS that bear the same name everywhere. */
export const ERROR_COLUMNS = {
  lastIoErrno: 'Last_IO_Errno',
  lastIoError: 'Last_IO_Error',
  lastSqlError: 'Last_SQL_Error',
} as const;
