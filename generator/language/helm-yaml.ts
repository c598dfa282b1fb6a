/** YAML as Helm understands it: version 1.1, in which `on` and `no` are booleans, with one kind of number more. */
import { stringify, type ScalarTag, type ToStringOptions } from 'yaml';

/** The one number of YAML 1.2 that Helm's parser takes, too. */
export const OCTAL: ScalarTag = {
  identify: () => false,
  default: true,
  tag: 'tag:yaml.org,2002:int',
  format: 'OCT',
  test: /^[-+]?0o[0-7]+$/,
  resolve: (text) => Number.parseInt(text.replace('0o', ''), 8),
};

/** A value as a text that Helm reads as the same value. */
export function helmYaml(value: unknown, options: ToStringOptions = {}): string {
  return stringify(value, { version: '1.1', lineWidth: 0, customTags: (tags) => [OCTAL, ...tags], ...options });
}
