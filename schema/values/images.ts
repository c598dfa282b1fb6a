/**
 * The address of an image registry, or nothing.
 * @form empty, or the name of a registry, with a port or a path if it needs one, such as harbor.example.com:5000
 * @pattern ^([A-Za-z0-9]([-.A-Za-z0-9]*[A-Za-z0-9])?(:[0-9]+)?(/[a-z0-9._-]+)*)?$
 */
export type OptionalRegistry = string;

/** A Secret that holds a registry's login. */
export interface ImagePullSecret {
  /**
   * Name of the Secret, which is in the release's namespace.
   * @form lower-case letters, digits, hyphens and dots; a letter or digit first and last
   * @pattern ^[a-z0-9]([-.a-z0-9]*[a-z0-9])?$
   */
  readonly name: string;
}

/** One image. What is empty comes from the engine table. */
export interface Image {
  /** Registry, with a port if it needs one; empty: `global.imageRegistry`, then docker.io. */
  readonly registry: OptionalRegistry;

  /**
   * Path of the image inside the registry; empty: the engine's own.
   * @form empty, or lower-case words with slashes between them, such as library/mysql
   * @pattern ^([a-z0-9]+([._-]+[a-z0-9]+)*(/[a-z0-9]+([._-]+[a-z0-9]+)*)*)?$
   */
  readonly repository: string;

  /**
   * Full version, since nodes would cache different patches of `latest` or of a series; empty: the engine's own.
   * @form empty, or at most 128 letters, digits, underscores, hyphens and dots, such as 9.7.2
   * @pattern ^([A-Za-z0-9_][-.A-Za-z0-9_]{0,127})?$
   */
  readonly tag: string;

  /**
   * Pins the image's content, `sha256:` and 64 digits; the tag then only tells people what it is.
   * @form empty, or sha256: and 64 hexadecimal digits
   * @pattern ^(sha256:[0-9a-f]{64})?$
   */
  readonly digest: string;

  /**
   * When the node asks the registry again for an image that it already has.
   * @choices
   * IfNotPresent: never; it asks only for what it lacks
   * Always: each time that a container starts
   * Never: never, not even for an image that it lacks
   */
  readonly pullPolicy: 'Always' | 'IfNotPresent' | 'Never';
}

/** The image of the program that carries backups. */
export interface RcloneImage {
  /** Registry, with a port if it needs one; empty: `global.imageRegistry`, then docker.io. */
  readonly registry: OptionalRegistry;

  /**
   * Path of the image inside the registry.
   * @form lower-case words with slashes between them, such as rclone/rclone
   * @pattern ^[a-z0-9]+([._-]+[a-z0-9]+)*(/[a-z0-9]+([._-]+[a-z0-9]+)*)*$
   */
  readonly repository: string;

  /**
   * Full version; 1.76 and later are known to work.
   * @form letters, digits, underscores, hyphens and dots with all three numbers of a version among them, such as 1.76.0
   * @pattern ^[-.A-Za-z0-9_]*[0-9]+\.[0-9]+\.[0-9]+[-.A-Za-z0-9_]*$
   * @maxLength 128
   */
  readonly tag: string;

  /**
   * Pins the image's content, `sha256:` and 64 digits; the tag then only tells people what it is.
   * @form empty, or sha256: and 64 hexadecimal digits
   * @pattern ^(sha256:[0-9a-f]{64})?$
   */
  readonly digest: string;

  /**
   * When the node asks the registry again for an image that it already has.
   * @choices
   * IfNotPresent: never; it asks only for what it lacks
   * Always: each time that a container starts
   * Never: never, not even for an image that it lacks
   */
  readonly pullPolicy: 'Always' | 'IfNotPresent' | 'Never';
}

/** The images of the pod. */
export interface Images {
  /** The database server, in the containers init-mysql and mysql. */
  readonly server: Image;

  /** The tool that copies data, in the containers clone-mysql and agent; must be of the server's series. */
  readonly clone: Image;

  /** The exporter of what the server says of itself, in the container server-metrics. Needs a shell beside its program. */
  readonly mysqldExporter: Image;

  /** The exporter of what the agent writes, in the container agent-metrics. Needs a shell beside its program. */
  readonly nodeExporter: Image;

  /** rclone, of which one static program is copied into the pods that make, verify or restore backups; pulled by no others. */
  readonly rclone: RcloneImage;

  /**
   * Secrets with the logins of private registries, as `- name: my-registry` or plain.
   * @form names of Secrets, plain or as `- name: my-registry`
   * @valuePattern ^[a-z0-9]([-.a-z0-9]*[a-z0-9])?$
   */
  readonly pullSecrets: readonly (ImagePullSecret | string)[];
}
