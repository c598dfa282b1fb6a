import type { Annotations, OptionalReleaseReference, SecretKey } from './scalars.ts';

/** Accounts of the database. */
export interface Accounts {
  /** Secret with all passwords, made by you. Empty: the chart makes one with random passwords and keeps it. */
  readonly existingSecret: OptionalReleaseReference;

  /**
   * Password of the application's account for the Secret that the chart makes; empty: a random one. Whoever may read the values reads it, so
   * it is for tests and for tools that keep values secret; the others name a Secret of theirs above.
   * @maxLength 128
   * @form empty, or at most 128 characters on one line
   * @pattern ^[^\r\n]*$
   */
  readonly password: string;

  /** Which key of the Secret holds which account's password. */
  readonly secretKeys: SecretKeys;

  /**
   * Database that the first start makes; empty: none.
   * @form empty, or at most 64 letters, digits, underscores and hyphens; no hyphen first
   * @pattern ^([A-Za-z0-9_][-A-Za-z0-9_]{0,63})?$
   */
  readonly database: string;

  /**
   * Account for applications, with all privileges on that database; empty: none.
   * @form empty, or at most 32 letters, digits, underscores, hyphens and dots; a letter, digit or underscore first
   * @pattern ^([A-Za-z0-9_][-.A-Za-z0-9_]{0,31})?$
   */
  readonly username: string;
}

/** Keys of the Secret. */
export interface SecretKeys {
  /** Administrator, who can log in only from inside the pod. */
  readonly root: SecretKey;

  /** Replicas log in to the primary with it. */
  readonly replication: SecretKey;

  /** New replicas log in to their donor with it. */
  readonly clone: SecretKey;

  /** Probes read the replication state with it. */
  readonly monitor: SecretKey;

  /** Applications log in with it, as `auth.username`. */
  readonly app: SecretKey;
}

/** Permissions in the Kubernetes API. */
export interface RoleBinding {
  /** Whether the chart makes the Role that the agent works with; without it, an equal one must exist. */
  readonly create: boolean;
}

/** Identity in the Kubernetes API. */
export interface ServiceAccount {
  /** Whether the chart makes the account; without it, `name` must exist already. */
  readonly create: boolean;

  /** Name of the account; empty: that of the release's other objects when the chart makes it, otherwise `default`. */
  readonly name: OptionalReleaseReference;

  /** Annotations of the account, as some clouds use them to grant rights. */
  readonly annotations: Annotations;
}
