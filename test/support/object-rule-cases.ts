import type { PlainValues } from '../../generator/rules/evaluate-rules.ts';
import { valuesAt } from './merge.ts';
import type { RuleCase } from './rule-cases.ts';

/** Values that break a rule about the labels and annotations of objects, and neighbours that do not. */

function labelCase(path: string): RuleCase {
  const labels = (key: string): PlainValues => valuesAt(path, { [key]: 'x' });
  return {
    refused: labels('helm.sh/chart'),
    accepted: labels('team'),
    message:
      `${path}: The chart gives its objects the labels app.kubernetes.io/name, instance, component, version and managed-by, and ` +
      'helm.sh/chart. Give your own labels other names.',
  };
}

export const OBJECT_RULE_CASES: Readonly<Record<string, RuleCase>> = {
  'password-read': {
    refused: { auth: { existingSecret: 'db', password: 'secret' } },
    accepted: { auth: { password: 'secret' } },
    message:
      "auth.password, auth.existingSecret, auth.username: The password is read only into the Secret that the chart makes, for the application's " +
      'account. Remove auth.password, or leave auth.existingSecret empty and name an account.',
  },
  'headless-labels-reserved': labelCase('services.headless.labels'),
  'primary-labels-reserved': labelCase('services.primary.labels'),
  'read-labels-reserved': labelCase('services.read.labels'),
  'common-labels-reserved': labelCase('commonLabels'),
  'claim-labels-reserved': labelCase('storage.labels'),
  'common-annotations-reserved': {
    refused: { commonAnnotations: { 'helm.sh/hook': 'test' } },
    accepted: { commonAnnotations: { owner: 'x' } },
    message:
      'commonAnnotations: The chart and Helm read annotations of these names on some objects. Give your own annotations other names.',
  },
};
