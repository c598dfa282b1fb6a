/** init-mysql.sh where it must not go on: the sentence, and that nothing was made or changed. */

import { chown, chmod, mkdir, writeFile } from 'node:fs/promises';
import * as assert from 'uvu/assert';
import type { EngineName } from '../../schema/engines.ts';
import type { Disturbance } from './harness/kube-api.ts';
import type { InitOutcome, Pod } from './harness/pod.ts';
import { project } from './harness/projected.ts';
import { PASSWORDS, certificate, withRelease, type Release } from './harness/release.ts';
import { startShell, withFunctions } from './harness/shell.ts';
import { table, type Row } from './harness/table.ts';
import { entries, fingerprint } from './harness/volumes.ts';

const MYSQL = { engine: 'mysql-9.7', method: 'plugin' } as const;
const CLUSTER = '0123456789abcdef0123456789abcdef';

interface Refusal {
  readonly name: string;
  readonly arrange: (release: Release, pod: Pod) => Promise<void> | void;
  /** The whole message, as kubectl describe shows it. */
  readonly message: RegExp;
}

function without<K extends string>(record: Readonly<Record<K, string>>, key: K): Record<string, string> {
  return Object.fromEntries(Object.entries<string>(record).filter(([name]) => name !== key));
}

function holds(ordinal: number): Refusal['arrange'] {
  return (release) => {
    release.api.claims.set(`data-db-${ordinal}`, { 'volume.kubernetes.io/selected-node': 'n', 'mysql-sts/holds-data': CLUSTER });
  };
}

function answers(disturbance: Disturbance): Refusal['arrange'] {
  return (release) => {
    release.api.disturb = () => disturbance;
  };
}

function lost(ordinal: number): RegExp {
  return new RegExp(
    `^The primary's volume is empty, but data of this release exists: claim data-db-${ordinal} holds it .*` +
      'Nothing is initialised, so that this data stays good\\. Bring the primary.s volume back, or set the value recovery\\.primaryVolumeLost to reseed .*' +
      'To start over on purpose, delete all claims',
  );
}

function unreadable(status: string): RegExp {
  return new RegExp(
    `^The claims of this release could not be read from the Kubernetes API \\(status ${status}\\)\\..*so nothing is initialised\\..*rbac\\.create`,
  );
}

const REFUSALS: readonly Refusal[] = [
  { name: 'its own claim holds data, the volume is empty', arrange: holds(0), message: lost(0) },
  { name: 'the claim of a replica holds data', arrange: holds(2), message: lost(2) },
  { name: 'the API says 401', arrange: answers(401), message: unreadable('401') },
  { name: 'the API says 403', arrange: answers(403), message: unreadable('403') },
  { name: 'the API says 500', arrange: answers(500), message: unreadable('500') },
  { name: 'the API hangs', arrange: answers('hang'), message: unreadable('000') },
  { name: 'there is no token', arrange: (_, pod) => project(pod.path('token'), {}), message: unreadable('000') },
  {
    name: 'the volume cannot be written',
    arrange: async (_, pod) => {
      await chown(pod.path('volume'), 0, 0);
      await chmod(pod.path('volume'), 0o755);
    },
    message:
      /^The volume belongs to root:root \(0:0, mode 755\) and user 999 cannot write to it\. Give it to the server's user: chown 999:999 on the folder of the volume of claim data-db-0\. Where a container may run as root, the value storage\.fixOwnership does it\.$/,
  },
  {
    name: 'the Secret lacks a key',
    arrange: (_, pod) => pod.setSecrets(without(PASSWORDS, 'clone')),
    message: /^Secret db has no key 'clone-password', the password of the clone account\. .*auth\.secretKeys\.clone\.$/,
  },
  {
    name: 'a password is empty',
    arrange: (_, pod) => pod.setSecrets({ ...PASSWORDS, app: '' }),
    message: /^Key 'password' of Secret db is empty: the app account needs a password\.$/,
  },
  {
    name: 'the password of the replication account is longer than a replica can keep',
    arrange: (_, pod) => pod.setSecrets({ ...PASSWORDS, replication: `${'p'.repeat(31)}ü` }),
    message: /^Key 'replication-password' of Secret db is too long: mysql-9\.7 takes at most 32 bytes .* Give it a shorter one\.$/,
  },
  { name: 'there is no Secret', arrange: (_, pod) => pod.setSecrets({}), message: /^Secret db has no key 'root-password'/ },
  {
    name: 'the certificate is missing',
    arrange: async (_, pod) => project(pod.path('tls'), without(await certificate(), 'tls.crt')),
    message: /^Secret db-tls has no key 'tls\.crt'\./,
  },
  {
    name: 'the volume holds data of another engine',
    arrange: (_, pod) => putInstance(pod, 'mariadb-11.8', '11.8.6'),
    message:
      /^The volume holds data of mariadb-11\.8 \(11\.8\.6\), which mysql-9\.7 cannot open\. Nothing was changed: set the value 'engine' back to mariadb-11\.8/,
  },
  {
    name: 'the volume holds data of a later series',
    arrange: (_, pod) => putInstance(pod, 'mysql-9.9', '9.9.1'),
    message: /^The volume holds data of mysql-9\.9 \(9\.9\.1\), which mysql-9\.7 cannot open\./,
  },
  {
    name: 'the volume holds data of a later patch',
    arrange: (_, pod) => putInstance(pod, 'mysql-9.7', '9.7.10'),
    message:
      /^The volume holds data of mysql-9\.7 9\.7\.10, and the image of the value images\.server holds the older 9\.7\.4\. Nothing was changed: name an image of 9\.7\.10 or later/,
  },
];

async function putInstance(pod: Pod, engine: EngineName | 'mysql-9.9', version: string): Promise<void> {
  await mkdir(pod.path('volume', 'instance', 'data'), { recursive: true });
  await writeFile(pod.path('volume', 'instance', 'data', 'ibdata1'), 'precious');
  await writeFile(pod.path('volume', 'instance', 'record'), `cluster=${CLUSTER}\ngeneration=1\nengine=${engine}\nversion=${version}\n`);
}

function refusalRow({ name, arrange, message }: Refusal): Row {
  return {
    name,
    run: () =>
      withRelease(MYSQL, async (release) => {
        const pod = await release.pod(0);
        await arrange(release, pod);
        const before = await fingerprint(pod);
        const outcome = await pod.run('init-mysql');
        assert.is(outcome.status, 1, outcome.output);
        assert.match(outcome.message, message, outcome.message);
        assert.ok(outcome.output.includes(outcome.message), 'the log says the same');
        assert.is(await fingerprint(pod), before, 'nothing was made or changed');
        assert.equal(release.api.testimonies, []);
        secretsStaySecret(outcome);
      }),
  };
}

function secretsStaySecret({ output }: InitOutcome): void {
  for (const password of Object.values(PASSWORDS)) assert.not.ok(output.includes(password), 'no password in the log');
}

/** What goes on in spite of something, without a server being started. */
const PASSES: readonly Row[] = [
  {
    name: 'a replica without an instance: nothing is made, nobody is asked',
    run: () =>
      withRelease(MYSQL, async (release) => {
        const pod = await release.pod(1);
        const { status, output } = await pod.run('init-mysql');
        assert.is(status, 0, output);
        assert.match(output, 'there is no instance yet; clone-mysql brings one');
        assert.equal(entries(pod), []);
        assert.equal(release.api.calls, []);
      }),
  },
  {
    name: 'data of a series that this engine upgrades',
    run: () =>
      withRelease(MYSQL, async (release) => {
        const pod = await release.pod(0);
        await putInstance(pod, 'mysql-8.4', '8.4.11');
        assert.is((await pod.run('init-mysql')).status, 0);
      }),
  },
  {
    name: 'a service account that may read all claims: the search for holders ends',
    run: () =>
      withRelease(MYSQL, async (release) => {
        const pod = await release.pod(0);
        release.api.ordinals = Number.POSITIVE_INFINITY;
        release.api.claims.set('data-db-7', { 'mysql-sts/holds-data': CLUSTER });
        startShell(pod);
        const { status, output } = await withFunctions(pod, 'find_holders; printf "%s" "$HOLDERS"', { seconds: 25 });
        assert.is(status, 0, output);
        assert.is(output, `7 ${CLUSTER} 1 \n`);
      }),
  },
  {
    name: 'ephemeral storage: the API is not asked',
    run: () =>
      withRelease({ ...MYSQL, environment: { STORAGE_KIND: 'ephemeral' } }, async (release) => {
        const pod = await release.pod(0);
        startShell(pod);
        const { status, output } = await withFunctions(pod, `require_newest_generation 1 && annotate_claim ${CLUSTER} 1`);
        assert.is(status, 0, output);
        assert.equal(release.api.calls, []);
      }),
  },
  {
    name: 'settings that the chart decides are named, and no others; the tutorial’s lines pass',
    run: () => withRelease(MYSQL, overriddenSettings),
  },
];

async function overriddenSettings(release: Release): Promise<void> {
  const pod = await release.pod(0);
  await putInstance(pod, MYSQL.engine, '9.7.4');
  await project(pod.path('config'), {
    'common.cnf': '# a remark\n[mysqld]\nmax_connections=55\n  Server-ID = 7\nsync_binlog=0\n',
    'primary.cnf': '[mysqld]\nlog-bin\nbinlog_row_image=minimal\n',
    'replica.cnf': '[mysqld]\nsuper-read-only\n',
  });
  const { status, output } = await pod.run('init-mysql');
  assert.is(status, 0, output);
  const named = [...output.matchAll(/config\.(\w+): the line '(.*)' has no effect, the chart sets (\w+) itself/g)].map(
    ([, ...found]) => found,
  );
  assert.equal(named, [
    ['common', '  Server-ID = 7', 'server_id'],
    ['common', 'sync_binlog=0', 'sync_binlog'],
    ['primary', 'log-bin', 'log_bin'],
  ]);
}

table('init-mysql, refusals', [...REFUSALS.map(refusalRow), ...PASSES], { parallel: 8 });
