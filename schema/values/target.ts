import type { OptionalPath, OptionalReference, SecretKey } from './scalars.ts';

/** A place in which backups are kept. */
export interface BackupTarget {
  /**
   * What keeps the files: a protocol of clouds, or a file system.
   * @choices
   * s3: storage that speaks the protocol S3, of a cloud or one's own
   * volume: a claim that exists, or a folder over NFS
   */
  readonly kind: 's3' | 'volume';

  /**
   * Folder in the bucket or on the volume, below which each release has one of its own; empty: the top.
   * @form empty, or names with slashes between them
   * @pattern ^([A-Za-z0-9][-._A-Za-z0-9]*(/[A-Za-z0-9][-._A-Za-z0-9]*)*)?$
   */
  readonly prefix: string;

  /** What only the kind s3 reads. */
  readonly s3: ObjectStorage;

  /** What only the kind volume reads. A claim comes first, where both are named. */
  readonly volume: VolumeTarget;

  /** Encrypts all that is stored before it leaves the pod, except the manifests, which say what there is. */
  readonly encryption: TargetEncryption;

  /**
   * Most bytes a second that are sent or fetched; empty: as many as can be.
   * @form empty, or a number with K, M or G behind it, such as 20M
   * @pattern ^([1-9][0-9]*[KMG])?$
   */
  readonly rateLimit: string;
}

/** Storage that speaks S3. */
export interface ObjectStorage {
  /**
   * Address of the storage; empty: Amazon's own, by the region.
   * @form empty, or an address with http:// or https://, such as https://minio.example.com:9000
   * @pattern ^(https?://[^ /]+/?)?$
   */
  readonly endpoint: string;

  /**
   * Region of the bucket. Storage of one's own takes any, in most cases.
   * @form letters, digits and hyphens, such as eu-central-1
   * @pattern ^[A-Za-z0-9][-A-Za-z0-9]*$
   */
  readonly region: string;

  /**
   * Name of the bucket, which must exist.
   * @form empty, or 3 to 63 lower-case letters, digits, dots and hyphens
   * @pattern ^([a-z0-9][-.a-z0-9]{1,61}[a-z0-9])?$
   */
  readonly bucket: string;

  /** Whether the bucket stands in the path of an address and not in the name of the host. */
  readonly pathStyle: boolean;

  /** Secret with the access key; empty: the role of the service account (`backup.serviceAccount.annotations`). */
  readonly existingSecret: OptionalReference;

  /** Under which keys that Secret has the access key. */
  readonly secretKeys: ObjectStorageKeys;

  /** An authority of one's own that has signed the storage's certificate. */
  readonly authority: TargetAuthority;

  /**
   * Storage class of the objects; empty: the bucket's own.
   * @form empty, or capital letters and underscores, such as STANDARD_IA
   * @pattern ^([A-Z][A-Z_]*)?$
   */
  readonly storageClass: string;

  /**
   * How the storage itself encrypts the objects; empty: as the bucket says.
   * @form empty, AES256 or aws:kms
   * @pattern ^(AES256|aws:kms)?$
   */
  readonly serverSideEncryption: string;
}

/** Under which keys the Secret has the two halves of an access key. */
export interface ObjectStorageKeys {
  /** Key under which the Secret has the id of the access key. */
  readonly accessKey: SecretKey;

  /** Key under which the Secret has the secret half of the access key. */
  readonly secretKey: SecretKey;
}

/** Where the authority's certificate is. */
export interface TargetAuthority {
  /**
   * What holds the certificate of that authority, if there is one.
   * @choices
   * none: the authorities that rclone's image trusts are enough
   * secret: a Secret
   * configMap: a ConfigMap
   */
  readonly kind: 'configMap' | 'none' | 'secret';

  /** Name of the Secret or ConfigMap, which is in the release's namespace. */
  readonly name: OptionalReference;

  /** Under which key it has the authority's certificate in PEM format. */
  readonly key: SecretKey;
}

/** A volume that keeps backups. */
export interface VolumeTarget {
  /** A claim that exists; several pods mount it, one after the other. */
  readonly existingClaim: OptionalReference;

  /** A folder over NFS. */
  readonly nfs: TargetNfs;
}

/** A folder over NFS, which must belong to the server's user. */
export interface TargetNfs {
  /**
   * Host name or address by which nodes reach the export.
   * @form empty, or a name or an address
   * @pattern ^([A-Za-z0-9][-.:A-Za-z0-9]*)?$
   */
  readonly server: string;

  /** Exported folder in which the backups of all releases lie. */
  readonly path: OptionalPath;
}

/** A password for what is stored. Without it, nothing that it has encrypted can ever be read. */
export interface TargetEncryption {
  /** Secret with the password; empty: nothing is encrypted by the chart. */
  readonly existingSecret: OptionalReference;

  /** Key of that Secret under which the password is. */
  readonly key: SecretKey;
}
