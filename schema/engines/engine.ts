/**
 * What a row of the engine table says: the images, what they contain, and the server's own words for replication.
 */

import type { Userland } from './userland.ts';

/** The server's lineage: decides the SQL dialect of replication, not the version. */
export type EngineFamily = 'mysql' | 'mariadb';

/** A way to bring a data directory from one pod to another. */
export type CloneMethod = 'plugin' | 'xtrabackup' | 'mariadb-backup';

/** An image without registry: the registry is `docker.io` unless the values say otherwise. */
export interface EngineImage {
  readonly repository: string;
  /** Always a full version: a series tag would let two nodes run different patches. */
  readonly tag: string;
  /** What the version of the server or tool in it begins with; nothing else works with this engine. */
  readonly series: string;
}

/** Statements of the server's SQL dialect. A field that ends in a clause is completed by the scripts. */
export interface ReplicationSql {
  /** Takes the `<sourceTerms>_HOST = …` list that follows. */
  readonly changeSource: string;
  /** How long a password the source's account may have. MySQL refuses a longer one, MariaDB cuts it off without a word. */
  readonly sourcePasswordBytes: number;
  /** The word that the options of {@link changeSource} begin with. */
  readonly sourceTerms: 'SOURCE' | 'MASTER';
  /** The option of {@link changeSource} that makes the replica ask for what it lacks, by GTID. */
  readonly autoPosition: string;
  /** The option of {@link changeSource} that switches TLS on and the one that checks the server's certificate. */
  readonly requireTls: string;
  readonly startReplica: string;
  readonly stopReplica: string;
  readonly resetReplicaAll: string;
  /** Makes a running server read renewed certificates, and leaves no trace in the binary log; empty: it cannot. */
  readonly reloadCertificates: string;
  readonly showReplicaStatus: string;
  /** Forgets every binary log and the executed set; a seeded replica starts from here. */
  readonly resetGtids: string;
  /** The system variable that a clone's GTID set is written to. */
  readonly seededGtids: string;
  /** What gives an account its password, by the method that the series and the next one take. */
  readonly identifiedBy: string;
}

/** Column names of {@link ReplicationSql.showReplicaStatus}. */
export interface ReplicaStatusColumns {
  readonly ioRunning: string;
  readonly sqlRunning: string;
  /** What the thread that applies changes is doing, as a sentence. */
  readonly sqlState: string;
  readonly lag: string;
  /** How far in the primary's binary log this replica has read; grows while a transaction is on its way. */
  readonly readPosition: string;
  readonly sourceHost: string;
  readonly lastIoErrno: string;
  readonly lastIoError: string;
  readonly lastSqlError: string;
}

/** Names of server options that mean the same on every engine. */
export interface ServerOptions {
  /** Refuses writes by everybody whom the engine can refuse. */
  readonly readOnly: string;
  /** Whether events run on a server whose configuration says nothing of it. */
  readonly eventsByDefault: 'ON' | 'OFF';
  /** Keeps replication stopped when the server starts. */
  readonly holdReplication: string;
  readonly logReplicaUpdates: string;
  /** Seconds without a word from the primary after which a replica takes its connection for lost. */
  readonly replicaNetTimeout: string;
  readonly binlogRetention: string;
  /** Seconds that one step of {@link binlogRetention} stands for. */
  readonly binlogRetentionUnit: 1 | 86400;
  /** `name=value` settings without which the engine has no usable GTIDs. */
  readonly gtid: readonly string[];
  /** `name=value` settings that close what this chart neither uses nor protects. */
  readonly closed: readonly string[];
}

/** Semi-synchronous replication: a commit waits until another server has it. */
export interface SemiSync {
  /** The plugins, as `plugin-load-add` takes them; empty where the server has it built in. */
  readonly plugins: string;
  /** Settings of the server's start, `name=value`: no time after which a commit stops to wait, and the moment at which it waits. */
  readonly settings: readonly string[];
  /** The variable by which the primary waits, and the one by which a replica acknowledges. */
  readonly sourceEnabled: string;
  readonly replicaEnabled: string;
  /** The variable that says how many acknowledgements a commit waits for; empty: it is always one. */
  readonly ackCount: string;
  /** The status variables that count the sessions that wait, the replicas that acknowledge, and the commits that were acknowledged. */
  readonly waitingSessions: string;
  readonly receivers: string;
  readonly acknowledged: string;
}

/** Privileges of the accounts that the agent keeps, as they stand between GRANT and ON. */
export interface AccountGrants {
  readonly replication: string;
  readonly clone: string;
  readonly monitor: string;
  /** Tables of performance_schema that the clone account reads. A name that the server lacks would be an error. */
  readonly cloneTables: readonly string[];
}

/** One row of the table. */
export interface Engine {
  /** What the value `engine` says: family and series. */
  readonly name: string;
  readonly family: EngineFamily;
  /** The two numbers that stay the same while patches come. */
  readonly series: string;
  /** The month in which the vendor ends its support, as YYYY-MM. */
  readonly endOfLife: string;
  readonly serverImage: EngineImage;
  /** The methods that work with this server; the first is meant by `clone.method: auto`. */
  readonly cloneMethods: readonly [CloneMethod, ...CloneMethod[]];
  readonly cloneImages: Readonly<Partial<Record<CloneMethod, EngineImage>>>;
  /** Engines whose data directory this server opens and raises to its own version. */
  readonly upgradesFrom: readonly string[];
  /** Series whose data directories are taken over that were made without the chart: those of {@link upgradesFrom}, those between, and its own. */
  readonly adopts: readonly string[];
  readonly serverBinary: string;
  readonly clientBinary: string;
  readonly adminBinary: string;
  readonly timeZoneBinary: string;
  /** The shell and tools of each image. */
  readonly userlands: {
    readonly server: Userland;
    readonly clone: Readonly<Partial<Record<CloneMethod, Userland>>>;
  };
  /** The commands that scripts may use in each image; the test images contain only these. */
  readonly commands: {
    readonly server: readonly string[];
    readonly clone: Readonly<Partial<Record<CloneMethod, readonly string[]>>>;
  };
  readonly sql: ReplicationSql;
  readonly columns: ReplicaStatusColumns;
  readonly options: ServerOptions;
  readonly semiSync: SemiSync;
  readonly grants: AccountGrants;
}

/** What only a row knows; the rest follows from its family. */
export interface EngineRow<Name extends string> extends Pick<Engine, 'series' | 'endOfLife' | 'upgradesFrom'> {
  readonly name: Name;
  readonly serverTag: string;
  readonly userland: Userland;
  /** Series that are no engines here and whose data this server opens, as its vendor says: those that lived for a few months. */
  readonly interim?: readonly string[];
}

/** The series that a row's server takes over. */
export function adoptedSeries({
  upgradesFrom,
  interim = [],
  series,
}: Pick<EngineRow<string>, 'upgradesFrom' | 'interim' | 'series'>): readonly string[] {
  return [...upgradesFrom.map((name) => name.slice(name.indexOf('-') + 1)), ...interim, series];
}

/** A row whose name the compiler knows, so that the table says what the value `engine` accepts. */
export type Named<Name extends string> = Engine & { readonly name: Name };
