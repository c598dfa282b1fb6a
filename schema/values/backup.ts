import type { Annotations, Duration, Integer, OptionalReference } from './scalars.ts';
import type { BackupTarget } from './target.ts';

/** Backups on a schedule. Each is a copy like a replica's, on which a server was started before it is stored. */
export interface Backup {
  /** Whether the chart makes a CronJob that backs the data up. */
  readonly enabled: boolean;

  /**
   * When a backup is taken, as a CronJob says it: minute, hour, day, month, weekday.
   * @form five fields of cron, or a word such as @daily
   * @pattern ^(@(yearly|annually|monthly|weekly|daily|midnight|hourly)|[^ ]+( [^ ]+){4})$
   */
  readonly schedule: string;

  /**
   * Time zone of the schedules; empty: that of the cluster's controller.
   * @form empty, or a name of the time zone database, such as Europe/Vienna
   * @pattern ^([A-Za-z][-+_/A-Za-z0-9]*)?$
   */
  readonly timeZone: string;

  /** Stops new backups and verifications, and keeps those that there are. */
  readonly suspend: boolean;

  /**
   * Which pod of the release serves the copy, one copy at a time.
   * @choices
   * preferReplica: a replica that is Ready, else the primary
   * replica: only ever a replica; without one that is Ready the backup fails
   * primary: only ever the primary
   */
  readonly from: 'preferReplica' | 'primary' | 'replica';

  /** Time after which a run counts as failed, and after which what a stopped run has left is removed, twice over. */
  readonly deadline: Duration;

  /** Where the backups are kept. */
  readonly target: BackupTarget;

  /**
   * How hard the files are compressed, from 1 (fast) to 19 (small).
   * @minimum 1
   * @maximum 19
   */
  readonly compressionLevel: Integer;

  /** The volume on which a copy lies while it is proven and stored; it ends with the run. */
  readonly scratch: BackupScratch;

  /** Which backups are kept. The newest one and the newest that was verified always are. */
  readonly keep: BackupRetention;

  /** Restores the newest backup into a server of nobody, to see that it can be done. */
  readonly verify: BackupVerification;

  /** Identity of the backups' pods, in the Kubernetes API and at the storage. */
  readonly serviceAccount: BackupServiceAccount;
}

/** A volume for the time of one run. */
export interface BackupScratch {
  /**
   * Size of the volume; empty: that of a pod's volume (`storage.size`).
   * @form empty, or an amount of bytes as Kubernetes writes it, such as 10Gi
   * @pattern ^([1-9][0-9]*(\.[0-9]+)?(k|M|G|T|P|Ki|Mi|Gi|Ti|Pi)?)?$
   */
  readonly size: string;

  /** Storage class of the volume; empty: that of the pods' volumes where they are dynamic, then the cluster's default. */
  readonly storageClassName: OptionalReference;
}

/** Which complete backups are kept: those that either of the two asks for. */
export interface BackupRetention {
  /**
   * The newest ones, so many.
   * @minimum 1
   */
  readonly last: Integer;

  /** Those that are younger than this. */
  readonly for: Duration;
}

/** When and how backups are verified. */
export interface BackupVerification {
  /** Whether the newest backup is verified on a schedule of its own. */
  readonly enabled: boolean;

  /**
   * When the newest backup is verified, as a CronJob says it.
   * @form five fields of cron, or a word such as @weekly
   * @pattern ^(@(yearly|annually|monthly|weekly|daily|midnight|hourly)|[^ ]+( [^ ]+){4})$
   */
  readonly schedule: string;

  /** A query that must return at least one row on the restored data, beside the check of all tables; empty: none. */
  readonly sql: string;
}

/** The service account of the backups' pods. */
export interface BackupServiceAccount {
  /** Annotations, by which clouds give an account its role at the storage. */
  readonly annotations: Annotations;
}
