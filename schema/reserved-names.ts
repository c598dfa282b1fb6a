/** Rules about names that the chart or the server keeps for itself. */
import { all, any, hasKey, is, isEmpty, isSet, say, value, type ValuesPath } from './conditions.ts';
import type { Rule } from './rule.ts';

const accountReserved: Rule = {
  id: 'account-reserved',
  paths: ['auth.username'],
  brokenWhen: is('auth.username', 'root', 'replication', 'clone', 'monitor', 'mysql_sts_agent'),
  sentence: say`The account ${value('auth.username')} is the chart's own.`,
  cure: say`Choose another name for the application's account.`,
};

const databaseReserved: Rule = {
  id: 'database-reserved',
  paths: ['auth.database'],
  brokenWhen: is('auth.database', 'mysql', 'sys', 'information_schema', 'performance_schema', 'mysql_sts'),
  sentence: say`The database ${value('auth.database')} belongs to the server or the chart, and the application would own it.`,
  cure: say`Choose another name for the application's database.`,
};

const passwordRead: Rule = {
  id: 'password-read',
  paths: ['auth.password', 'auth.existingSecret', 'auth.username'],
  brokenWhen: all(isSet('auth.password'), any(isSet('auth.existingSecret'), isEmpty('auth.username'))),
  sentence: say`The password is read only into the Secret that the chart makes, for the application's account.`,
  cure: say`Remove auth.password, or leave auth.existingSecret empty and name an account.`,
};

/** A key that the chart writes itself would be there twice, and the last one would win. */
const labelsReserved: Rule = {
  id: 'labels-reserved',
  paths: ['pod.labels'],
  brokenWhen: hasKey(
    'pod.labels',
    'app.kubernetes.io/name',
    'app.kubernetes.io/instance',
    'app.kubernetes.io/component',
    'mysql-sts/role',
    'mysql-sts/readable',
    'statefulset.kubernetes.io/pod-name',
  ),
  sentence: say`The services find the pods by app.kubernetes.io/name, instance and component, mysql-sts/role and readable, and statefulset.kubernetes.io/pod-name.`,
  cure: say`Give your own labels other names.`,
};

/** Labels that every object has from the chart. */
const OBJECT_LABELS = [
  'app.kubernetes.io/name',
  'app.kubernetes.io/instance',
  'app.kubernetes.io/component',
  'app.kubernetes.io/version',
  'app.kubernetes.io/managed-by',
  'helm.sh/chart',
] as const;

function objectLabelsReserved(id: string, path: ValuesPath): Rule {
  return {
    id,
    paths: [path],
    brokenWhen: hasKey(path, ...OBJECT_LABELS, 'mysql-sts/role', 'mysql-sts/readable', 'statefulset.kubernetes.io/pod-name'),
    sentence: say`The chart gives its objects the labels app.kubernetes.io/name, instance, component, version and managed-by, and helm.sh/chart.`,
    cure: say`Give your own labels other names.`,
  };
}

const annotationsReserved: Rule = {
  id: 'annotations-reserved',
  paths: ['pod.annotations'],
  brokenWhen: hasKey('pod.annotations', 'checksum/config', 'checksum/scripts'),
  sentence: say`A change of the configuration reaches the pods by checksum/config and checksum/scripts.`,
  cure: say`Give your own annotations other names.`,
};

const claimAnnotationsReserved: Rule = {
  id: 'claim-annotations-reserved',
  paths: ['storage.annotations'],
  brokenWhen: hasKey('storage.annotations', 'mysql-sts/holds-data', 'mysql-sts/generation'),
  sentence: say`The pods note by mysql-sts/holds-data and mysql-sts/generation that a volume holds data, so a new claim must not have them.`,
  cure: say`Give your own annotations other names.`,
};

const commonAnnotationsReserved: Rule = {
  id: 'common-annotations-reserved',
  paths: ['commonAnnotations'],
  brokenWhen: hasKey(
    'commonAnnotations',
    'mysql-sts/claims',
    'mysql-sts/holds-data',
    'mysql-sts/generation',
    'helm.sh/hook',
    'helm.sh/hook-delete-policy',
    'helm.sh/resource-policy',
    'checksum/config',
    'checksum/scripts',
  ),
  sentence: say`The chart and Helm read annotations of these names on some objects.`,
  cure: say`Give your own annotations other names.`,
};

export const RESERVED_NAMES: readonly Rule[] = [
  accountReserved,
  databaseReserved,
  passwordRead,
  labelsReserved,
  annotationsReserved,
  claimAnnotationsReserved,
  objectLabelsReserved('headless-labels-reserved', 'services.headless.labels'),
  objectLabelsReserved('primary-labels-reserved', 'services.primary.labels'),
  objectLabelsReserved('read-labels-reserved', 'services.read.labels'),
  objectLabelsReserved('common-labels-reserved', 'commonLabels'),
  objectLabelsReserved('claim-labels-reserved', 'storage.labels'),
  commonAnnotationsReserved,
];
