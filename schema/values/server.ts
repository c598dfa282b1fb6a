import type { Duration, Integer, OptionalReleaseReference } from './scalars.ts';

/**
 * Lines of a my.cnf, or nothing.
 * @maxLength 262144
 */
export type Configuration = string;

/** Settings of the database server. */
export interface Config {
  /** Lines of a my.cnf for every pod, as `[mysqld]` and settings below it. What replication needs cannot be changed. */
  readonly common: Configuration;

  /** Lines of a my.cnf that only the primary reads, after the common ones. */
  readonly primary: Configuration;

  /** Lines of a my.cnf that only replicas read, after the common ones. */
  readonly replica: Configuration;

  /**
   * Whether accounts without the rights of an administrator, such as the application's, may make triggers and functions. The server asks for
   * caution where statements are replicated; here it is rows. Sets log_bin_trust_function_creators, unless a line above does.
   */
  readonly trustFunctionCreators: boolean;

  /**
   * A pod's server-id is this number plus the pod's ordinal. Give releases that may ever replicate from each other
   * different numbers.
   * @minimum 1
   * @maximum 4294967000
   */
  readonly serverIdBase: Integer;

  /**
   * Age at which binary logs are purged. A replica that was away for longer must be cloned again. mysql-5.7 counts in
   * whole days: more is rounded up, and 99 days are the most.
   */
  readonly binlogRetention: Duration;
}

/**
 * File names and contents.
 * @keyForm a file name that ends in .sql or .sh, of letters, digits, hyphens, underscores and dots; a letter or digit first
 * @keyPattern ^[A-Za-z0-9][-._A-Za-z0-9]*\.(sql|sh)$
 */
export interface TextScripts {
  readonly [fileName: string]: string;
}

/**
 * File names and base64.
 * @keyForm a file name that ends in .sql.gz, of letters, digits, hyphens, underscores and dots; a letter or digit first
 * @keyPattern ^[A-Za-z0-9][-._A-Za-z0-9]*\.sql\.gz$
 * @form a gzipped file in base64
 * @valuePattern ^[A-Za-z0-9+/=\s]+$
 */
export interface BinaryScripts {
  readonly [fileName: string]: string;
}

/**
 * Scripts that fill a new cluster: .sql, .sql.gz and .sh. They run once, in the order of their names; when one fails, nothing is kept, and
 * a file that is none of these keeps the first start from making anything.
 */
export interface Initdb {
  /** File names that end in .sql or .sh, each with its content. */
  readonly scripts: TextScripts;

  /** File names that end in .sql.gz, each with its content in base64. */
  readonly binaryScripts: BinaryScripts;

  /** ConfigMap with further scripts, for those that are too large or too private for a values file. Every pod mounts it, so keep it. */
  readonly existingConfigMap: OptionalReleaseReference;

  /** Secret with further scripts, such as those with passwords in them. Every pod mounts it, so keep it. */
  readonly existingSecret: OptionalReleaseReference;
}
