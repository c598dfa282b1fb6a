/** @TJS-type integer */
export type Integer = number;

/**
 * A whole number and a unit: s, m, h or d.
 * @form a whole number and one of the units s, m, h and d, such as 30s or 7d
 * @pattern ^[1-9][0-9]*(s|m|h|d)$
 */
export type Duration = string;

/**
 * An amount of bytes as Kubernetes writes it, such as 10Gi.
 * @form an amount of bytes as Kubernetes writes it, such as 10Gi or 1.5Ti
 * @pattern ^[1-9][0-9]*(\.[0-9]+)?(k|M|G|T|P|Ki|Mi|Gi|Ti|Pi)?$
 */
export type ByteQuantity = string;

/**
 * An amount of bytes, or nothing.
 * @form empty, or an amount of bytes as Kubernetes writes it, such as 10Gi
 * @pattern ^([1-9][0-9]*(\.[0-9]+)?(k|M|G|T|P|Ki|Mi|Gi|Ti|Pi)?)?$
 */
export type OptionalByteQuantity = string;

/**
 * A port of a service.
 * @TJS-type integer
 * @minimum 1
 * @maximum 65535
 */
export type Port = number;

/**
 * The name of an object that this chart makes, or nothing.
 * @form empty, or lower-case letters, digits and hyphens; a letter first, no hyphen last
 * @pattern ^([a-z]([-a-z0-9]*[a-z0-9])?)?$
 * @maxLength 63
 */
export type OptionalObjectName = string;

/**
 * The name of an object that somebody else makes, or nothing.
 * @form empty, or lower-case letters, digits, hyphens and dots; a letter or digit first and last
 * @pattern ^([a-z0-9]([-.a-z0-9]*[a-z0-9])?)?$
 * @maxLength 253
 */
export type OptionalReference = string;

/**
 * The name of an object that somebody else makes, in which the release's name may stand, or nothing.
 * @form empty, or lower-case letters, digits, hyphens and dots; a letter or digit first and last; {{ .Release.Name }} stands for the release's name
 * @pattern ^((\{\{ *[.]Release[.]Name *\}\}|[a-z0-9])((\{\{ *[.]Release[.]Name *\}\}|[-.a-z0-9])*(\{\{ *[.]Release[.]Name *\}\}|[a-z0-9]))?)?$
 * @maxLength 253
 */
export type OptionalReleaseReference = string;

/**
 * A key inside a Secret.
 * @form letters, digits, hyphens, underscores and dots
 * @pattern ^[-._a-zA-Z0-9]+$
 * @maxLength 253
 */
export type SecretKey = string;

/**
 * A domain name without a dot at its end.
 * @form a domain name in lower case without a dot at its end, such as cluster.local
 * @pattern ^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$
 * @maxLength 100
 */
export type DomainName = string;

/**
 * An absolute path, or nothing.
 * @form empty, or an absolute path without a colon
 * @pattern ^(/[^:]*)?$
 */
export type OptionalPath = string;

/**
 * Labels, as Kubernetes takes them.
 * @form a value of at most 63 letters, digits, hyphens, underscores and dots; a letter or digit first and last
 * @keyForm letters, digits, hyphens, underscores and dots, at most 63, a letter or digit first and last; a domain and a slash may stand before them
 * @keyPattern ^([a-z0-9]([-.a-z0-9]*[a-z0-9])?/)?[A-Za-z0-9]([-._A-Za-z0-9]{0,61}[A-Za-z0-9])?$
 * @valuePattern ^([A-Za-z0-9]([-._A-Za-z0-9]{0,61}[A-Za-z0-9])?)?$
 */
export interface Labels {
  readonly [key: string]: string;
}

/**
 * Annotations, as Kubernetes takes them.
 * @keyForm letters, digits, hyphens, underscores and dots, at most 63, a letter or digit first and last; a domain and a slash may stand before them
 * @keyPattern ^([a-z0-9]([-.a-z0-9]*[a-z0-9])?/)?[A-Za-z0-9]([-._A-Za-z0-9]{0,61}[A-Za-z0-9])?$
 */
export interface Annotations {
  readonly [key: string]: string;
}
