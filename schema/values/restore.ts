import type { OptionalReference } from './scalars.ts';
import type { BackupTarget } from './target.ts';

/** A new release that begins from a backup and not with an empty database. It is read once, when no data is there. */
export interface Restore {
  /** Whether the release begins from a backup. */
  readonly enabled: boolean;

  /** Where the backup is kept; by itself it says nothing of where this release keeps its own (`backup.target`). */
  readonly target: BackupTarget;

  /** Whose backup it is. */
  readonly source: RestoreSource;

  /**
   * Id of the cluster, where the release of that name has had several; empty: whichever has the backup.
   * @form empty, or 32 hexadecimal digits
   * @pattern ^([0-9a-f]{32})?$
   */
  readonly cluster: string;

  /**
   * Id of the backup, or `latest` for the newest one that is complete.
   * @form latest, or an id such as 20261128T031700Z-0a1b2c
   * @pattern ^(latest|[0-9]{8}T[0-9]{6}Z-[0-9a-f]{6})$
   */
  readonly backup: string;
}

/** The release that made the backup. */
export interface RestoreSource {
  /** Its namespace; empty: this one's. */
  readonly namespace: OptionalReference;

  /** Name of its StatefulSet; empty: this one's. */
  readonly name: OptionalReference;
}
