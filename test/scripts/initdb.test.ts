/** The user's own scripts at the first start: what they may be, and what a person reads when one fails. */

import { gzipSync } from 'node:zlib';
import * as assert from 'uvu/assert';
import type { EngineName } from '../../schema/engines.ts';
import { defaultMethod } from './harness/prepared.ts';
import { project } from './harness/projected.ts';
import { withRelease } from './harness/release.ts';
import { sql } from './harness/sql.ts';
import { table, type Row } from './harness/table.ts';
import { entries } from './harness/volumes.ts';

/** A policy for passwords, which every later start has to live with. */
const POLICIES: Readonly<Record<'mysql' | 'mariadb', string>> = {
  mysql: "INSTALL COMPONENT 'file://component_validate_password';",
  mariadb: "INSTALL SONAME 'simple_password_check';",
};

const GOOD = {
  '1-table.sql':
    'CREATE TABLE t (name VARCHAR(20));\nDELIMITER //\nCREATE PROCEDURE add_name(n VARCHAR(20)) BEGIN INSERT INTO t VALUES (n); END//\nDELIMITER ;\n',
  '2-packed.sql.gz': gzipSync("CALL add_name('packed');\n"),
  '3-greedy.sh': '#!/bin/bash\ncat > /dev/null\nset -u\n"$ENGINE_CLIENT" app <<< "CALL add_name(\'shell\')"\n',
  '4-last.sql': "CALL add_name('last');\n",
};

function goodRow(engine: EngineName): Row {
  return {
    name: `${engine}: .sql, .sql.gz and .sh run in order, one that reads its input to the end included; later starts obey a password policy`,
    run: () =>
      withRelease({ engine, method: defaultMethod(engine) }, async (release) => {
        const pod = await release.pod(0);
        await project(pod.path('initdb'), { ...GOOD, '5-policy.sql': POLICIES[release.engine.family] });
        const { status, output } = await pod.run('init-mysql');
        assert.is(status, 0, output);
        const ran = [...output.matchAll(/init-mysql\.sh: running (\d-\S+)$/gm)].map(([, name]) => name);
        assert.equal(ran, ['1-table.sql', '2-packed.sql.gz', '3-greedy.sh', '4-last.sql', '5-policy.sql']);
        await pod.startReady();
        assert.is(await sql(pod, 'SELECT GROUP_CONCAT(name) FROM app.t;'), 'packed,shell,last');
      }),
  };
}

interface Failure {
  readonly engine: EngineName;
  readonly name: string;
  readonly file: string;
  readonly content: string | Buffer;
  readonly message: RegExp;
}

const FAILURES: readonly Failure[] = [
  {
    engine: 'mysql-9.7',
    name: 'the failing line of a .sql script is named',
    file: 'bad.sql',
    content: 'SELECT 1;\n\nSELECT 1 FROM missing;\nSELECT 2;\n',
    message:
      /^The initdb script bad\.sql failed: ERROR 1146 \(42S02\) at line 3: Table 'app\.missing' doesn't exist\. Nothing of the new instance was kept/,
  },
  {
    engine: 'mariadb-11.8',
    name: 'the failing line of a .sh script is named',
    file: 'bad.sh',
    content: 'echo one\necho two\nls /missing\necho three\n',
    message: /^The initdb script bad\.sh failed: ERROR in line 3 of bad\.sh: ls \/missing\. Nothing of the new instance was kept/,
  },
  {
    engine: 'mariadb-11.8',
    name: 'a .sql.gz that is not packed is refused',
    file: 'bad.sql.gz',
    content: 'SELECT 1;\n',
    message: /^The initdb script bad\.sql\.gz failed: .*not in gzip format/,
  },
  {
    engine: 'mysql-9.7',
    name: 'what cannot be run is refused before anything is made',
    file: '01-dump.sql.xz',
    content: 'packed otherwise',
    message: /^The initdb script 01-dump\.sql\.xz is neither \.sql, \.sql\.gz nor \.sh, so it cannot be run\. Nothing was made\. Unpack it/,
  },
  {
    engine: 'mariadb-11.8',
    name: 'the line ends of Windows are named',
    file: '02-rows.sh',
    content: 'set -e\r\necho rows\r\n',
    message: /^The initdb script 02-rows\.sh has Windows line ends, which bash takes for a part of each line\. Nothing was made\./,
  },
];

function failureRow({ engine, name, file, content, message }: Failure): Row {
  return {
    name: `${engine}: ${name}, and nothing is kept`,
    run: () =>
      withRelease({ engine, method: defaultMethod(engine) }, async (release) => {
        const pod = await release.pod(0);
        await project(pod.path('initdb'), { [file]: content });
        const outcome = await pod.run('init-mysql');
        assert.is(outcome.status, 1, outcome.output);
        assert.match(outcome.message, message, outcome.message);
        assert.equal(entries(pod), []);
        assert.equal(release.api.testimonies, []);
      }),
  };
}

table('initdb scripts', [goodRow('mysql-9.7'), goodRow('mariadb-11.8'), ...FAILURES.map(failureRow)], { parallel: 2 });
