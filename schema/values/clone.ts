import type { CloneMethod } from '../engines/engine.ts';
import type { Duration, Integer } from './scalars.ts';

/** How a new replica gets its data directory. */
export interface Clone {
  /**
   * Tool that copies the data directory.
   * @choices
   * auto: the first method that the engine has
   * plugin: MySQL's own CLONE plugin, over port 3306
   * xtrabackup: Percona XtraBackup for MySQL, streamed over port 3307
   * mariadb-backup: MariaDB's own tool, streamed over port 3307
   */
  readonly method: 'auto' | CloneMethod;

  /** Time after which a replica that still has no copy says so, discards what it has, and begins anew. */
  readonly deadline: Duration;

  /** What only the method plugin reads. */
  readonly plugin: PluginClone;

  /** What only the streaming methods xtrabackup and mariadb-backup read. */
  readonly streaming: StreamingClone;
}

/** Options of MySQL's CLONE plugin. */
export interface PluginClone {
  /** Time without progress after which a copy is given up; the server itself would wait for a dead donor forever. */
  readonly stallTimeout: Duration;
}

/** Options of the methods that stream a backup. */
export interface StreamingClone {
  /**
   * Threads that copy files on the donor. More of them shorten the copy and take more of the donor's disk.
   * @minimum 1
   * @maximum 64
   */
  readonly parallel: Integer;
}

/** When a replica counts as fit to be read from. */
export interface Replication {
  /** A replica further behind the primary than this is not Ready and leaves the read service. */
  readonly maxLag: Duration;

  /** A replica that cannot reach the primary stays Ready this long, so that a primary's restart empties no service. */
  readonly maxSourceSilence: Duration;
}
