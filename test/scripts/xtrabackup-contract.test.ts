/**
 * What the chart's scripts rely on in XtraBackup, as its documentation says it: options, exit status, last words, files. Here the
 * STAND-IN has to keep it; against the real tool, the same rows tell whether the stand-in is right.
 */

import * as assert from 'uvu/assert';
import type { EngineName } from '../../schema/engines.ts';
import { startPrimary } from './harness/prepared.ts';
import { withRelease } from './harness/release.ts';
import { withFunctions } from './harness/shell.ts';
import { table, type Row } from './harness/table.ts';
import type { Outcome } from './harness/container.ts';
import type { Pod } from './harness/pod.ts';

const BACKUP =
  'xtrabackup --defaults-extra-file=/run/mysql-sts/clone.cnf --backup --stream=xbstream --slave-info --parallel=2 --target-dir=/tmp/backup';

/** What each series calls itself. */
const ENGINES: readonly (readonly [EngineName, RegExp])[] = [
  ['mysql-5.7', /xtrabackup version 2\.4\.\d+/],
  ['mysql-8.0', /xtrabackup version 8\.0\.\d+/],
  ['mysql-9.7', /xtrabackup version 9\.7\.\d+/],
];

function inAgent(pod: Pod, code: string): Promise<Outcome> {
  return pod.container('agent').exec(['bash', '-c', `set -Eeuo pipefail\n${code}`], { seconds: 60 });
}

async function file(pod: Pod, name: string): Promise<string> {
  return (await inAgent(pod, `cat /tmp/copy/${name}`)).output;
}

async function checkRefusals(pod: Pod, version: RegExp): Promise<void> {
  const said = await inAgent(pod, 'xtrabackup --no-defaults --version');
  assert.is(said.status, 0);
  assert.match(said.errors, version);
  assert.is.not((await inAgent(pod, 'xtrabackup --no-defaults --no-such-option')).status, 0, 'an unknown option');
  assert.is.not((await inAgent(pod, 'mkdir /tmp/none; xtrabackup --no-defaults --prepare --target-dir=/tmp/none')).status, 0, 'no backup');
  const nobody = await inAgent(
    pod,
    'xtrabackup --no-defaults --backup --stream=xbstream --user=nobody --socket=/run/mysql-sts/mysqld.sock > /dev/null',
  );
  assert.is.not(nobody.status, 0, 'an account that the server refuses');
  assert.not.match(nobody.errors, /completed OK!/);
}

async function checkBackup(pod: Pod): Promise<void> {
  const login = await withFunctions(pod, 'client_file "$RUN/clone.cnf" clone "$(secret clone)" "socket=$SOCKET"', { container: 'agent' });
  assert.is(login.status, 0, login.output);
  const backup = await inAgent(pod, `mkdir /tmp/copy; ${BACKUP} | xbstream -x -C /tmp/copy`);
  assert.is(backup.status, 0, backup.errors);
  assert.match(backup.errors.trimEnd(), /completed OK!$/);
  assert.match(await file(pod, 'xtrabackup_checkpoints'), /^backup_type = full-backuped\nfrom_lsn = 0\nto_lsn = \d+\n/);
  assert.match(await file(pod, 'xtrabackup_binlog_info'), /^binlog\.\d+\t\d+\t[0-9a-f-]{36}:1-\d+\n$/);
  assert.match(await file(pod, 'xtrabackup_info'), /^server_version = \d+\.\d+\.\d+/m);
  const listed = (await inAgent(pod, 'cd /tmp/copy; find . -type f')).output.split('\n');
  for (const name of ['./ibdata1', './mysql_sts/cluster.ibd']) assert.ok(listed.includes(name), name);
  for (const pattern of [/auto\.cnf$/, /\.pem$/, /^\.\/binlog\./, /^\.\/relay/])
    assert.not.ok(
      listed.some((name) => pattern.test(name)),
      String(pattern),
    );
}

async function checkPrepare(pod: Pod): Promise<void> {
  const prepared = await inAgent(pod, 'xtrabackup --prepare --target-dir=/tmp/copy');
  assert.is(prepared.status, 0, prepared.errors);
  assert.match(prepared.errors.trimEnd(), /completed OK!$/);
  assert.match(await file(pod, 'xtrabackup_checkpoints'), /^backup_type = full-prepared\n/);
}

function rowOf([engine, version]: readonly [EngineName, RegExp]): Row {
  return {
    name: `${engine}: options, exit status, last words and files of XtraBackup (STAND-IN)`,
    run: () =>
      withRelease({ engine, method: 'xtrabackup' }, async (release) => {
        const pod = await startPrimary(release);
        await checkRefusals(pod, version);
        await checkBackup(pod);
        await checkPrepare(pod);
      }),
  };
}

table('XtraBackup contract', ENGINES.map(rowOf), { parallel: 2 });
