import { SHELL_COMMANDS } from './common.ts';
import { adoptedSeries, type CloneMethod, type EngineRow, type Named } from './engine.ts';
import { UBI_9 } from './userland.ts';
import type { MysqlDialect } from './mysql-dialects.ts';

const MYSQL_COMMANDS = [...SHELL_COMMANDS, 'mysql', 'mysql_tzinfo_to_sql', 'mysqladmin', 'mysqld', 'mysqldump', 'openssl', 'zstd'] as const;

const XTRABACKUP_COMMANDS = [...SHELL_COMMANDS, 'jq', 'mysql', 'mysqladmin', 'socat', 'xbstream', 'xtrabackup'] as const;

/** A tool of the Percona XtraBackup image: its exact tag, and what its own version begins with. */
interface Xtrabackup {
  readonly tag: string;
  readonly series: string;
}

interface MysqlRow<Name extends string> extends EngineRow<Name> {
  readonly dialect: MysqlDialect;
  /** The first is the default. */
  readonly cloneMethods: readonly [MysqlMethod, ...MysqlMethod[]];
  readonly xtrabackup: Xtrabackup;
}

type MysqlMethod = Exclude<CloneMethod, 'mariadb-backup'>;

/** A row for a MySQL server: cloned by its own plugin, where it has one, or by the XtraBackup of its series. */
export function mysql<const Name extends string>(row: MysqlRow<Name>): Named<Name> {
  const { serverTag, userland, xtrabackup, dialect, ...rest } = row;
  const serverImage = { repository: 'library/mysql', tag: serverTag, series: row.series };
  const hasPlugin = row.cloneMethods.includes('plugin');
  return {
    ...rest,
    ...dialect,
    family: 'mysql',
    adopts: adoptedSeries(row),
    serverImage,
    cloneImages: {
      xtrabackup: { repository: 'percona/percona-xtrabackup', ...xtrabackup },
      ...(hasPlugin && { plugin: serverImage }),
    },
    serverBinary: 'mysqld',
    clientBinary: 'mysql',
    adminBinary: 'mysqladmin',
    timeZoneBinary: 'mysql_tzinfo_to_sql',
    userlands: { server: userland, clone: { xtrabackup: UBI_9, ...(hasPlugin && { plugin: userland }) } },
    commands: {
      server: MYSQL_COMMANDS,
      clone: { xtrabackup: XTRABACKUP_COMMANDS, ...(hasPlugin && { plugin: MYSQL_COMMANDS }) },
    },
  };
}
