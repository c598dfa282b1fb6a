/** Lost volumes, lost binary logs, and what people do to replication by hand. */

import { setTimeout as delay } from 'node:timers/promises';
import { checkSameEverywhere } from '../../e2e/support/compare.ts';
import { purgeBinaryLogs } from '../../e2e/support/binary-logs.ts';
import type { Course } from '../support/course.ts';
import type { Fault } from '../support/fault.ts';

/**
 * Lets the primary take no more writes, waits until the replicas have all of it, and removes what is to be lost. The agent,
 * which would let writes in again, stands still until its pod is on its way out.
 */
async function loseInStep(course: Course, ordinals: readonly number[]): Promise<void> {
  const { options } = course.release.engine;
  await course.signal(0, 'agent', 'SIGSTOP');
  await course.sql(0, `SET GLOBAL ${options.readOnly} = ON; SET GLOBAL read_only = ON`);
  await checkSameEverywhere(course.release);
  const pods = ordinals.map((ordinal) => course.podName(ordinal));
  await course.kubectl(['delete', 'persistentvolumeclaim', ...pods.map((pod) => `data-${pod}`), '--wait=false']);
  await course.replacePod(0, async () => {
    await course.kubectl(['delete', 'pod', ...pods, '--wait=false']);
    await course.signal(0, 'agent', 'SIGCONT');
  });
}

async function loseEach(course: Course): Promise<void> {
  for (const ordinal of [2, 1]) {
    await course.loseVolume(ordinal);
    await course.settled();
  }
  await loseInStep(course, [0]);
}

/** Nothing is awaited: what the replicas have not received when the primary goes is lost. */
async function losePrimaryUnderLoad(course: Course): Promise<void> {
  await course.kubectl(['delete', 'persistentvolumeclaim', `data-${course.podName(0)}`, '--wait=false']);
  await course.deletePod(0, '--grace-period=0', '--force');
}

/** While a replica has no server, the primary forgets what it would need. */
async function purgeWhileAway(course: Course): Promise<void> {
  await course.removeReplica();
  await delay(1000);
  await purgeBinaryLogs(course.release);
  await course.site.change({});
  course.struck();
  await course.site.untilMended(2, 'PurgedBinlogs');
}

async function errantWrite(course: Course): Promise<void> {
  const { options } = course.release.engine;
  await course.sql(
    1,
    `SET GLOBAL ${options.readOnly} = OFF; SET GLOBAL read_only = OFF; INSERT INTO app.filling (content) VALUES ('errant'); SET GLOBAL read_only = ON; SET GLOBAL ${options.readOnly} = ON`,
  );
  course.struck();
  await course.site.untilMended(1, 'ErrantTransactions');
}

async function stopByHand(course: Course): Promise<void> {
  await course.sql(1, course.release.engine.sql.stopReplica);
  course.struck();
  await course.site.untilMended(1, 'StoppedByHand');
}

/** Without a key every changed row is looked for in the whole table, on every replica. */
async function largeUpdate(course: Course): Promise<void> {
  await course.sql(
    0,
    `
    CREATE TABLE app.keyless (a INT, b INT);
    INSERT INTO app.keyless SELECT id, 0 FROM app.filling WHERE id <= 10000;
    UPDATE app.keyless SET b = a;
    DROP TABLE app.keyless;`,
  );
  course.struck();
}

/** Faults of data and replication. */
export const DATA_FAULTS: readonly Fault[] = [
  { name: "a replica's volume is lost", strike: (course) => course.loseVolume(1) },
  { name: "the primary's volume is lost when a replica has all of it", telling: true, strike: (course) => loseInStep(course, [0]) },
  { name: "the primary's volume is lost under its writer", loses: 'what no replica had', strike: losePrimaryUnderLoad },
  { name: 'each volume is lost in turn', strike: loseEach },
  { name: "all volumes but one replica's are lost", strike: (course) => loseInStep(course, [0, 2]) },
  { name: 'binary logs are purged while a replica is away', telling: true, strike: purgeWhileAway },
  { name: 'somebody writes on a replica', telling: true, strike: errantWrite },
  { name: 'somebody stops replication by hand', strike: stopByHand },
  { name: 'a large UPDATE meets a table without a key', strike: largeUpdate },
];
