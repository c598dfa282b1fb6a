/**
 * Clients as users have them, through the services, with each engine's default authentication, with TLS and without. The real server of
 * mysql-5.7 speaks TLS 1.1 at most, which no current library takes, so there TLS is the program's alone.
 */

import assert from 'node:assert/strict';
import type { EngineName } from '../../schema/engines.ts';
import { engineNamed, speaksCurrentTls } from '../e2e/support/engines.ts';
import { untilHolds } from '../e2e/support/progress.ts';
import { SMALL, type Overrides, type Release } from '../e2e/support/release.ts';
import { scenario, type Step } from '../e2e/support/scenario.ts';
import { checkRoute } from '../e2e/support/services.ts';
import { noting } from './support/capabilities.ts';
import { CLIENTS, type Client } from './support/clients.ts';

const ENGINES: readonly EngineName[] = ['mysql-5.7', 'mysql-8.0', 'mysql-9.7', 'mariadb-10.11', 'mariadb-11.8'];
/** Replicas have so many seconds to apply a row. */
const ARRIVAL = 20;

const valuesOf = (engine: EngineName): Overrides => ({ ...SMALL, engine, replicaCount: 2, storage: { kind: 'ephemeral' } });

/** The client program of the 5.7 image is a stand-in, and the only client that takes its server's TLS. */
function meansOf(engine: EngineName, tls: boolean): string {
  if (engine !== 'mysql-5.7') return 'real';
  return tls ? 'program alone, a stand-in' : 'real but for the program';
}

/** Writes a row through the primary's service, reads it through the replicas', and sees what protects the connection. */
async function writeAndRead(release: Release, client: Client, tls: boolean): Promise<void> {
  const word = `${client.name(release.engine.family)}, ${tls ? 'TLS' : 'plain'}`;
  const statements = [
    'CREATE TABLE IF NOT EXISTS words (word VARCHAR(100) PRIMARY KEY)',
    `REPLACE INTO words VALUES ('${word}')`,
    "SHOW STATUS LIKE 'Ssl_cipher'",
  ];
  const [cipher = ''] = await client.run({ release, service: 'primary', tls, statements });
  assert.match(cipher, tls ? /^Ssl_cipher\t\S+$/ : /^Ssl_cipher\t?$/);
  await untilHolds('the row on the replica', ARRIVAL, async () => {
    const rows = await client.run({
      release,
      service: 'read',
      tls,
      statements: ['SELECT @@hostname', `SELECT word FROM words WHERE word = '${word}'`],
    });
    assert.deepEqual(rows, [`${release.fullname}-1`, word]);
  });
}

function defineClients(step: Step, engine: EngineName): void {
  let release: Release | undefined;
  step(`installs ${engine}`, async (world) => {
    release = await world.install('clients', valuesOf(engine));
    await checkRoute(release, 'primary', [0]);
    await checkRoute(release, 'read', [1]);
  });

  const row = engineNamed(engine);
  for (const tls of [false, true]) {
    const able = CLIENTS.filter(({ takesOldTls }) => !tls || speaksCurrentTls(row) || takesOldTls);
    const passed = noting(engine, tls ? 'clients with TLS' : 'clients without TLS', meansOf(engine, tls));
    for (const client of able) {
      const work = async (): Promise<void> => {
        assert.ok(release !== undefined, 'there is no release');
        await writeAndRead(release, client, tls);
      };
      step(`${client.name(row.family)} ${tls ? 'with' : 'without'} TLS`, work, client === able.at(-1) ? passed : undefined);
    }
  }
}

for (const engine of ENGINES) {
  scenario(`clients-${engine.replace('.', '-')}`, (step) => {
    defineClients(step, engine);
  });
}
