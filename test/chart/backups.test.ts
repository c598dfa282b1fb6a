/** What backups and restores add to the manifests, and that they add nothing while they are off. */
import type { V1ConfigMap, V1Container, V1CronJob, V1PodSpec, V1Role, V1StatefulSet } from '@kubernetes/client-node';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { PlainValues } from '../../generator/rules/evaluate-rules.ts';
import { HELMS, manifests, type Helm, type Manifest } from '../support/helm.ts';

const test = suite('backups');

const BACKUP: PlainValues = {
  backup: {
    enabled: true,
    target: { s3: { endpoint: 'https://s3.example.com', bucket: 'backups', existingSecret: 'keys' }, encryption: { existingSecret: 'key' } },
  },
};
const RESTORE: PlainValues = {
  restore: { enabled: true, source: { namespace: 'shop', name: 'old' }, target: { kind: 'volume', volume: { existingClaim: 'claim' } } },
};

const isCronJob = (one: Manifest): one is Manifest & V1CronJob => one.kind === 'CronJob';
const isConfigMap = (one: Manifest): one is Manifest & V1ConfigMap => one.kind === 'ConfigMap';
const isRole = (one: Manifest): one is Manifest & V1Role => one.kind === 'Role';
const isStatefulSet = (one: Manifest): one is Manifest & V1StatefulSet => one.kind === 'StatefulSet';

const names = (list: readonly { readonly name?: string }[] = []): readonly (string | undefined)[] => list.map(({ name }) => name);

function cronJob(version: Helm, values: PlainValues, name: string): V1CronJob {
  const found = manifests(version, { values }).filter(isCronJob).find(({ metadata }) => metadata.name === name);
  if (found === undefined) throw new Error(`There is no CronJob ${name}.`);
  return found;
}

function podOf(job: V1CronJob): V1PodSpec {
  const spec = job.spec?.jobTemplate.spec?.template.spec;
  if (spec === undefined) throw new Error('The CronJob makes no pods.');
  return spec;
}

const variable = ({ env }: V1Container, name: string): readonly (string | undefined)[] =>
  (env ?? []).filter((one) => one.name === name).map(({ value }) => value);

for (const version of HELMS) {
  test(`${version}: while they are off there is nothing of them`, () => {
    const kinds = manifests(version, {}).map(({ kind, metadata }) => `${kind} ${metadata.name}`);
    assert.equal(kinds.filter((name) => /CronJob|backup|restore/.test(name)), []);
    const text = JSON.stringify(manifests(version, {}).filter(isStatefulSet));
    assert.not.match(text, 'rclone:');
    assert.not.match(text, 'backup-tools');
  });

  test(`${version}: a backup copies, proves and stores in one pod, whose place no pod of the release has`, () => {
    const job = cronJob(version, BACKUP, 'demo-mysql-sts-backup');
    const pod = podOf(job);
    assert.equal(names(pod.initContainers), ['tools', 'copy-backup']);
    assert.equal(names(pod.containers), ['backup']);
    for (const container of [...(pod.initContainers ?? []).slice(1), ...pod.containers]) {
      assert.equal(variable(container, 'POD_NAME'), ['demo-mysql-sts-99']);
      assert.is(container.securityContext?.readOnlyRootFilesystem, true);
    }
    assert.is(pod.restartPolicy, 'Never');
    assert.is(pod.automountServiceAccountToken, false);
    assert.is(job.spec?.jobTemplate.spec?.activeDeadlineSeconds, 21600);
    assert.is(pod.volumes?.find(({ name }) => name === 'data')?.ephemeral?.volumeClaimTemplate?.spec.resources?.requests?.['storage'], '10Gi');
  });

  test(`${version}: a backup sees one password of the database, and its token is in the last container alone`, () => {
    const pod = podOf(cronJob(version, BACKUP, 'demo-mysql-sts-backup'));
    const secrets = pod.volumes?.find(({ name }) => name === 'passwords')?.secret?.items;
    assert.equal(secrets, [{ key: 'clone-password', path: 'clone' }]);
    const withToken = [...(pod.initContainers ?? []), ...pod.containers].filter(({ volumeMounts }) => names(volumeMounts).includes('api-token'));
    assert.equal(names(withToken), ['backup']);
  });

  test(`${version}: its Role writes the catalogue and nothing else`, () => {
    const role = manifests(version, { values: BACKUP }).filter(isRole).find(({ metadata }) => metadata.name === 'demo-mysql-sts-backup');
    assert.equal(role?.rules, [{ apiGroups: [''], resources: ['configmaps'], verbs: ['patch'], resourceNames: ['demo-mysql-sts-backups'] }]);
  });

  test(`${version}: the labels of its pods are none of the StatefulSet's`, () => {
    const job = cronJob(version, BACKUP, 'demo-mysql-sts-backup');
    const labels = job.spec?.jobTemplate.spec?.template.metadata?.labels ?? {};
    const selected = manifests(version, { values: BACKUP }).find(isStatefulSet)?.spec?.selector.matchLabels ?? {};
    assert.is(labels['app.kubernetes.io/component'], 'backup');
    assert.is(selected['app.kubernetes.io/component'], 'database');
  });

  test(`${version}: a restore brings rclone and the target to the first start, and says whose backup it is`, () => {
    const rendered = manifests(version, { values: RESTORE });
    const pod = rendered.find(isStatefulSet)?.spec?.template.spec;
    assert.equal(names(pod?.initContainers), ['tools', 'init-mysql', 'clone-mysql']);
    const mounts = pod?.initContainers?.map(({ volumeMounts }) => names(volumeMounts).includes('shelf'));
    assert.equal(mounts, [false, true, false]);
    const settings = rendered.filter(isConfigMap).find(({ metadata }) => metadata.name === 'demo-mysql-sts-restore-target')?.data?.['settings'];
    assert.equal(settings?.split('\n'), ['kind=volume', 'prefix=', 'rateLimit=off', 'release=shop/old', 'cluster=', 'backup=latest', '']);
  });
}

test.run();
