/** versions.sh against the programs that are in the images: what is of the engine's series passes, all else is named. */

import * as assert from 'uvu/assert';
import type { CloneMethod, EngineName } from '../../schema/engines.ts';
import { withRelease } from './harness/release.ts';
import { startShell, withFunctions } from './harness/shell.ts';
import { table, type Row } from './harness/table.ts';

interface Case {
  readonly engine: EngineName;
  readonly method: CloneMethod;
  readonly image: 'server' | 'clone';
  readonly code: string;
  /** The sentence of a refusal; nothing: it passes. */
  readonly refusal?: RegExp;
}

const CASES: readonly Case[] = [
  { engine: 'mysql-9.7', method: 'plugin', image: 'server', code: 'require_server_version; require_tool_version mysqld' },
  { engine: 'mariadb-11.8', method: 'mariadb-backup', image: 'clone', code: 'require_server_version; require_tool_version mariadb-backup' },
  { engine: 'mysql-5.7', method: 'xtrabackup', image: 'server', code: 'require_server_version' },
  { engine: 'mysql-5.7', method: 'xtrabackup', image: 'clone', code: 'require_tool_version xtrabackup' },
  { engine: 'mysql-8.0', method: 'xtrabackup', image: 'clone', code: 'require_tool_version xtrabackup' },
  {
    engine: 'mysql-5.7',
    method: 'xtrabackup',
    image: 'server',
    code: 'require_version images.server mysqld 8.4',
    refusal:
      /The image of the value images\.server holds mysqld 5\.7\.22, and mysql-5\.7 needs 8\.4\. Nothing was changed: name an image of the series 8\.4 in images\.server/,
  },
  {
    engine: 'mysql-8.0',
    method: 'xtrabackup',
    image: 'clone',
    code: 'require_version images.clone xtrabackup 2.4',
    refusal: /The image of the value images\.clone holds xtrabackup 8\.0\.35, and mysql-8\.0 needs 2\.4\. /,
  },
  {
    engine: 'mysql-9.7',
    method: 'xtrabackup',
    image: 'server',
    code: 'require_tool_version xtrabackup',
    refusal: /The image of the value images\.clone has no program xtrabackup, so it is not one for mysql-9\.7\./,
  },
  {
    engine: 'mysql-9.7',
    method: 'xtrabackup',
    image: 'server',
    code: 'require_version() { :; }; require_tool_version mysqld',
    refusal: /The image of the value images\.clone has no program socat\. A newer build of the same tag may have it/,
  },
];

function rowOf({ engine, method, image, code, refusal }: Case): Row {
  return {
    name: `${engine}, ${image} image: ${code} ${refusal === undefined ? 'passes' : 'is refused'}`,
    run: () =>
      withRelease({ engine, method }, async (release) => {
        const pod = await release.pod(0);
        startShell(pod, image);
        const { status, errors } = await withFunctions(pod, `load see/versions\n${code}`);
        assert.is(status, refusal === undefined ? 0 : 1, errors);
        if (refusal !== undefined) assert.match(errors, refusal);
      }),
  };
}

table('versions', CASES.map(rowOf), { parallel: 4 });
