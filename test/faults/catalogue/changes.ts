/** Changes that users make themselves. */

import assert from 'node:assert/strict';
import { untilHolds } from '../../e2e/support/progress.ts';
import { AppClient } from '../../e2e/support/sql.ts';
import type { Course } from '../support/course.ts';
import type { Fault } from '../support/fault.ts';

/** The kubelet brings a changed Secret to its pods within two minutes. */
const ARRIVAL = 180;
const PASSWORD_KEYS = ['root-password', 'clone-password', 'monitor-password', 'password'];
/** What shells, SQL, option files and URLs have their own ideas about. */
const LETTERS = `it's "q" \\ \\\\ $HOME $(id) \`x\` %s #; üñ 密码 €`;
/** The same in the 32 bytes that MySQL takes for the password of a source. */
const SHORT_LETTERS = `'"\\$(x)\`%s# ; üñ密€`;

async function restartAll(course: Course): Promise<void> {
  await course.replacePod(0, () => course.kubectl(['rollout', 'restart', `statefulset/${course.release.fullname}`]));
}

async function growFromOne(course: Course): Promise<void> {
  await course.site.change({ replicaCount: 1 });
  await course.settled();
  for (const ordinal of [1, 2]) await course.kubectl(['delete', 'persistentvolumeclaim', `data-${course.podName(ordinal)}`]);
  await course.site.change({ replicaCount: 5 });
  course.struck();
  await course.settled();
  await course.site.change({});
  for (const ordinal of [3, 4]) await course.kubectl(['delete', 'persistentvolumeclaim', `data-${course.podName(ordinal)}`]);
}

/** The last pod is updated first; the primary, whose turn comes last, is the one that does not start. */
async function badSetting(course: Course): Promise<void> {
  await course.site.change({ config: { primary: 'no_such_setting = 1' } });
  await untilHolds('a primary that does not start', 150, async () => {
    const server = (await course.pod(0)).status?.containerStatuses?.find(({ name }) => name === 'mysql');
    assert.ok((server?.restartCount ?? 0) > 0, 'the server has not failed yet');
  });
  await course.site.change({});
  course.struck();
}

/** All accounts get new passwords while they are used, and then a replica is cloned with them. */
async function oddPasswords(course: Course): Promise<void> {
  const { fullname, access } = course.release;
  const passwords = Object.fromEntries(PASSWORD_KEYS.map((key) => [key, `${key} ${LETTERS}`]));
  const stringData = { ...passwords, 'replication-password': SHORT_LETTERS };
  await course.kubectl(['patch', 'secret', fullname, '--type=merge', `--patch=${JSON.stringify({ stringData })}`]);
  course.struck();
  for (const target of [access.primary, access.read]) {
    await untilHolds(`the new password at the ${target.name} service`, ARRIVAL, async () => {
      const link = await new AppClient(course.release, target).connect().catch(String);
      if (typeof link === 'string') assert.fail(link);
      link.close();
    });
  }
  await course.loseVolume(2);
}

/** Faults that are changes. */
export const CHANGE_FAULTS: readonly Fault[] = [
  { name: 'all pods are restarted in turn', strike: restartAll },
  { name: 'one pod becomes five', telling: true, strike: growFromOne },
  { name: 'a setting keeps the primary from starting, and is taken back', telling: true, strike: badSetting },
  {
    name: 'all passwords become ones with quotes, backslashes, dollars, spaces and letters beyond ASCII',
    methods: ['plugin', 'mariadb-backup'],
    strike: oddPasswords,
  },
];
