import type { DomainName, Duration, OptionalReleaseReference } from './scalars.ts';

/** Encryption between the pods, and between clients and the pods. */
export interface Tls {
  /**
   * Where the certificate authority and the certificate come from.
   * @choices
   * generated: Helm makes both at the first install and keeps them across upgrades
   * secret: a Secret of yours has them, which tools that render without a cluster, such as Argo CD, need
   * certManager: cert-manager, which must be installed, makes both and renews them in time
   */
  readonly mode: 'generated' | 'secret' | 'certManager';

  /**
   * Secret with ca.crt, tls.crt and tls.key, read in the mode secret; its certificate names each pod, as
   * `<name>-0.<name>`, and the services, and serves as a server's and as a client's. For mysql-5.7, which compares nothing
   * else, its common name is the primary's, `<name>-0.<name>`.
   */
  readonly secretName: OptionalReleaseReference;

  /** What the mode certManager asks cert-manager for. */
  readonly certManager: CertManager;

  /**
   * Whether clients must encrypt their connections over the network. Pods encrypt theirs in any case.
   * @choices
   * optional: a client decides for itself
   * required: the server refuses a client that does not
   */
  readonly clients: 'optional' | 'required';
}

/** The request to cert-manager. */
export interface CertManager {
  /** Who signs the certificate. */
  readonly issuer: CertificateIssuer;

  /** Lifetime of a certificate; a new one is there before it ends. */
  readonly duration: Duration;

  /** How long before the end of the old certificate the new one is made. */
  readonly renewBefore: Duration;
}

/** An issuer of cert-manager, which must put its authority into ca.crt: the kinds CA and Vault do, ACME does not. */
export interface CertificateIssuer {
  /** Name of an issuer of yours; empty: the chart makes one with an authority of its own. */
  readonly name: OptionalReleaseReference;

  /**
   * Whether it serves one namespace (Issuer), the whole cluster (ClusterIssuer), or is made by somebody else than cert-manager.
   * @form the kind of an object of Kubernetes, such as Issuer or ClusterIssuer
   * @pattern ^[A-Z][A-Za-z0-9]*$
   */
  readonly kind: string;

  /** API group of that kind; issuers from outside cert-manager have others. */
  readonly group: DomainName;
}
