/** A Secret that holds a registry's login. */
export interface ImagePullSecret {
  /** @pattern ^[a-z0-9]([-.a-z0-9]*[a-z0-9])?$ */
  readonly name: string;
}

/** One image. What is empty comes from the engine table. */
export interface Image {
  /**
   * Registry, with a port if it needs one; empty: `global.imageRegistry`, then docker.io.
   * @pattern ^([A-Za-z0-9]([-.A-Za-z0-9]*[A-Za-z0-9])?(:[0-9]+)?(/[a-z0-9._-]+)*)?$
   */
  readonly registry: string;

  /**
   * Path of the image inside the registry; empty: the engine's own.
   * @pattern ^([a-z0-9]+([._-]+[a-z0-9]+)*(/[a-z0-9]+([._-]+[a-z0-9]+)*)*)?$
   */
  readonly repository: string;

  /**
   * Full version, since nodes would cache different patches of `latest` or of a series; empty: the engine's own.
   * @pattern ^([A-Za-z0-9_][-.A-Za-z0-9_]{0,127})?$
   */
  readonly tag: string;

  /**
   * Pins the image's content, `sha256:` and 64 digits; the tag then only tells people what it is.
   * @pattern ^(sha256:[0-9a-f]{64})?$
   */
  readonly digest: string;

  /** When the node asks the registry again for an image that it already has. */
  readonly pullPolicy: 'Always' | 'IfNotPresent' | 'Never';
}

/** The images of the pod. */
export interface Images {
  /** The database server, in the containers init-mysql and mysql. */
  readonly server: Image;

  /** The tool that copies data, in the containers clone-mysql and agent; must be of the server's series. */
  readonly clone: Image;

  /** Secrets with the logins of private registries, as `- name: my-registry`. */
  readonly pullSecrets: readonly ImagePullSecret[];
}
