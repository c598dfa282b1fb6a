/** A bash that MYSQL_STS_BASH names and that an image cannot run ends the container with a sentence, and not a test with a riddle. */

import { chmod, writeFile } from 'node:fs/promises';
import * as assert from 'uvu/assert';
import { withRelease } from './harness/release.ts';
import { table } from './harness/table.ts';

const COMMAND = { command: ['bash', '-c', 'true'], image: 'server', mounts: [] } as const;

table('another bash', [
  {
    name: 'one whose loader the image lacks is refused by its name',
    run: () =>
      withRelease({ engine: 'mysql-9.7', method: 'plugin' }, async (release) => {
        const pod = await release.pod(0);
        const bash = pod.path('foreign-bash');
        // To the kernel a script's interpreter that is not there is what a program's loader is.
        await writeFile(bash, '#!/lib/no-such-loader\n');
        await chmod(bash, 0o755);
        const { status, output } = await pod.launch('shell', COMMAND, { MYSQL_STS_BASH: bash }).end();
        assert.is(status, 1, output);
        assert.match(output, `MYSQL_STS_BASH names ${bash}, which cannot run in the image`);
      }),
  },
  {
    name: "without the variable the image's own bash runs",
    run: () =>
      withRelease({ engine: 'mysql-9.7', method: 'plugin' }, async (release) => {
        const { status, output } = await (await release.pod(0)).launch('shell', COMMAND, { MYSQL_STS_BASH: '' }).end();
        assert.is(status, 0, output);
      }),
  },
]);
