/**
 * The table of other charts' values: one row says where a value of theirs goes, or why it goes nowhere. The rows are data, so that
 * `convert`, `check` and `explain` read the same ones, and none of this needs Node.
 */
import type { ValuesPath } from '../../schema/conditions.ts';
import type { SecretKeys } from '../../schema/values/accounts.ts';

/** The charts and manifests that are known, by the words that `--from` takes. */
export const ORIGIN_NAMES = ['bitnami-mysql', 'bitnami-mariadb', 'helmforge-mysql', 'cloudpirates-mariadb', 'bitpoke', 'tutorial'] as const;
export type OriginName = (typeof ORIGIN_NAMES)[number];

/** A place in our values. */
export type Target = ValuesPath | `global.${'imageRegistry' | 'imagePullSecrets' | 'storageClassName'}`;

/** A row counts only while another value of the old file, or its default, is one of these; '' is one that is empty, '*' any other. */
export interface When {
  readonly path: string;
  readonly is: readonly (string | boolean)[];
}

/** How a value changes on its way. */
export type Change =
  | { readonly kind: 'same' }
  /** Whatever the value is, this. */
  | { readonly kind: 'constant'; readonly value: string | number | boolean }
  /** A number, also one that was written as a text. */
  | { readonly kind: 'number' }
  /** One word for another; a word that is missing has no counterpart, and null says what the default says. */
  | { readonly kind: 'words'; readonly words: Readonly<Record<string, string | number | boolean | null>>; readonly unsaid?: string }
  /** Replicas beside a primary. */
  | { readonly kind: 'replicas' }
  /** A tag, or an image with one, to a name of the engine table. */
  | { readonly kind: 'engine'; readonly family: 'mysql' | 'mariadb' }
  /** The lines of a my.cnf. */
  | { readonly kind: 'settings' }
  /** Settings as keys of a map. */
  | { readonly kind: 'settingsMap' }
  /** Settings as options of the server's command line. */
  | { readonly kind: 'flags' }
  /** One setting of this name. */
  | { readonly kind: 'setting'; readonly name: string }
  /** A word that stands for lines of a my.cnf. */
  | { readonly kind: 'settingsPreset'; readonly presets: Readonly<Record<string, string>> }
  /** A word that stands for resources. */
  | { readonly kind: 'resourcesPreset'; readonly presets: Readonly<Record<string, unknown>> }
  | { readonly kind: 'scripts' }
  /** Variables of the server; those of the official image may name the database and its account. */
  | { readonly kind: 'environment'; readonly isOfficial?: true }
  | { readonly kind: 'storageClass' }
  | { readonly kind: 'registry' }
  /** A number of this unit to a length of time; 0 says nothing. */
  | { readonly kind: 'duration'; readonly unit: 's' | 'd' }
  /** A map but for some of its keys, which the chart decides or which were the old image's. */
  | { readonly kind: 'without'; readonly keys: readonly string[] }
  /** One of Kubernetes' lists of rules, which may name labels of the old chart's pods. */
  | { readonly kind: 'rules' }
  /** Bitnami's short form of a node affinity. */
  | { readonly kind: 'nodeAffinity' }
  /** Labels of those who may connect, as this field of a peer. */
  | { readonly kind: 'peer'; readonly field: 'namespaceSelector' | 'podSelector' }
  /** Whether only some clients may connect. */
  | { readonly kind: 'closed'; readonly openWhile: boolean }
  /** A list of PersistentVolumes. */
  | { readonly kind: 'volumes' };

interface RowOf {
  /** Path in the old file. The row counts for all that lies below it. */
  readonly from: string;
  /** All of them must hold. */
  readonly when?: readonly When[];
}

/** A value that has its place here. */
export interface Move extends RowOf {
  readonly kind: 'move';
  readonly to: Target;
  readonly change: Change;
  /** Of several values for one place: the first that the table lists, or the larger. */
  readonly several: 'first' | 'larger';
  /** What else is set with it. */
  readonly also?: readonly (readonly [Target, unknown])[];
  /** What a person must know or do. */
  readonly note?: string;
  /** Where the file says nothing, our default counts, not the old chart's. */
  readonly isOursByDefault?: true;
}

/** A value that needs no place: the chart does it by itself, or it meant something that is not there any more. */
export interface Drop extends RowOf {
  readonly kind: 'drop';
  readonly because: string;
}

/** A value that does something which the chart does not do. */
export interface Lack extends RowOf {
  readonly kind: 'lack';
  readonly because: string;
}

/** Something that must not be in a file. */
export interface Password extends RowOf {
  readonly kind: 'password';
  /** The account, or a key of the Secret with certificates. */
  readonly secret: keyof SecretKeys | 'certificate' | 'other';
}

export type Row = Move | Drop | Lack | Password;

/** A chart or a set of manifests that people come from. */
export interface Origin {
  readonly name: OriginName;
  /** What it is called in sentences, as in `values of …`. */
  readonly title: string;
  readonly shape: 'values' | 'manifests';
  /** Paths that no other chart has; a file with one of them is of this origin. */
  readonly marks: readonly string[];
  /** Tells charts of the same marks apart. */
  readonly word?: string;
  /** Where the values of replicas lie that the old chart had apart from the primary's. */
  readonly replicas?: string;
  /** Defaults of the old chart that matter: as conditions, and where ours differ. */
  readonly defaults: Readonly<Record<string, unknown>>;
  readonly rows: readonly Row[];
}

type MoveOptions = Partial<Pick<Move, 'change' | 'several' | 'also' | 'note' | 'when' | 'isOursByDefault'>>;

/** A row for a value that has its place here. */
export function move(from: string, to: Target, options: MoveOptions = {}): Move {
  return { kind: 'move', from, to, change: { kind: 'same' }, several: 'first', ...options };
}

/** Rows for values that need no place. */
export function drop(because: string, ...paths: readonly string[]): readonly Drop[] {
  return paths.map((from) => ({ kind: 'drop', from, because }));
}

/** Rows for values that do what the chart does not. */
export function lack(because: string, ...paths: readonly string[]): readonly Lack[] {
  return paths.map((from) => ({ kind: 'lack', from, because }));
}

/** A row for something that must not be in a file. */
export function password(from: string, secret: Password['secret']): Password {
  return { kind: 'password', from, secret };
}

/** Rows that count only under a condition. */
export function when(condition: When, rows: readonly Row[]): readonly Row[] {
  return rows.map((row) => ({ ...row, when: [...(row.when ?? []), condition] }));
}

/** Rows for a group of values: each path below a prefix. */
export function below(prefix: string, rows: readonly Row[]): readonly Row[] {
  return rows.map((row) => ({ ...row, from: `${prefix}.${row.from}` }));
}
