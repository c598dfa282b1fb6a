/**
 * Volumes as other charts and images leave them, made by the real servers with the places, the accounts and the options of those images. Each is
 * made once and copied wherever a test begins with it.
 */

import { createHash } from 'node:crypto';
import type { EngineName } from '../../../schema/engines.ts';
import { imageRoot } from './images.ts';
import type { Pod } from './pod.ts';
import { defaultMethod, prepared } from './prepared.ts';
import { withRelease } from './release.ts';

/** Who ran a server, on what, and how it ended. */
export interface OldServer {
  readonly engine: EngineName;
  /** Bitnami's images have one root account, which logs in from everywhere; the official ones have that and a local one. */
  readonly image: 'bitnami' | 'official';
  readonly role: 'standalone' | 'primary' | 'secondary';
  readonly end: 'stopped' | 'killed';
  /** The data directory below the volume; one dot for the volume itself. */
  readonly folder: string;
  /** Options of the server's first start and of all others. */
  readonly options?: readonly string[];
  /** A command before the server is made. */
  readonly before?: string;
  /** Statements beside those that every volume gets. */
  readonly statements?: string;
}

/** The password that root had, and the one of the replication account. */
export const OLD_ROOT = 'old root';

const SERVER = `
  data=/var/lib/mysql/$OLD_FOLDER socket=/tmp/old.sock
  mkdir -p "$data"
  eval "$OLD_BEFORE"
  read -r -a options <<< "$OLD_OPTIONS"
  if [[ $OLD_FAMILY == mysql ]]; then
    server=mysqld client=mysql
    mysqld --no-defaults "\${options[@]}" --initialize-insecure --datadir="$data" 2> /tmp/old.log
  else
    server=mariadbd client=mariadb
    mariadb-install-db --no-defaults --force --skip-name-resolve --skip-test-db --auth-root-authentication-method=normal \
      --datadir="$data" "\${options[@]}" > /tmp/old.log 2>&1
  fi
  "$server" --no-defaults "\${options[@]}" --datadir="$data" --socket="$socket" --skip-networking >> /tmp/old.log 2>&1 &
  process=$!
  for ((i = 0; i < 300; i++)); do
    if "$client" --no-defaults --socket="$socket" --user=root --execute='SELECT 1' > /tmp/answer 2>&1; then break; fi
    sleep 0.2
  done
  "$client" --no-defaults --socket="$socket" --user=root mysql <<< "$OLD_ACCOUNTS"
  MYSQL_PWD="${OLD_ROOT}" "$client" --no-defaults --socket="$socket" --user=root <<< "$OLD_STATEMENTS"
  if [[ $OLD_END == killed ]]; then kill -KILL "$process"; else kill -TERM "$process"; fi
  wait "$process" || true
`;

const EVERYWHERE = `CREATE USER root@'%' IDENTIFIED BY '${OLD_ROOT}'; GRANT ALL PRIVILEGES ON *.* TO root@'%' WITH GRANT OPTION;`;

/** The statements with which each image makes its accounts. */
const ACCOUNTS: Readonly<Record<OldServer['image'], string>> = {
  bitnami: `DELETE FROM mysql.user WHERE user NOT IN ('mysql.sys', 'mysql.infoschema', 'mysql.session', 'mariadb.sys');
    FLUSH PRIVILEGES; ${EVERYWHERE} FLUSH PRIVILEGES;`,
  official: `${EVERYWHERE} ALTER USER root@localhost IDENTIFIED BY '${OLD_ROOT}';`,
};

/** A shop with 500 orders, a view and a trigger in root's name, and an account of its own. */
const SHOP = `CREATE DATABASE shop; USE shop; CREATE USER shop@'%' IDENTIFIED BY 'shop''s'; GRANT ALL PRIVILEGES ON shop.* TO shop@'%';
  CREATE TABLE shop.digits (d INT PRIMARY KEY); INSERT INTO shop.digits VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9);
  CREATE TABLE shop.orders (id INT PRIMARY KEY, word CHAR(64) NOT NULL);
  INSERT INTO shop.orders SELECT a.d * 100 + b.d * 10 + c.d, SHA2(a.d * 100 + b.d * 10 + c.d, 256) FROM shop.digits a, shop.digits b, shop.digits c
    WHERE a.d < 5;`;

const REPLICATOR = `CREATE USER replicator@'%' IDENTIFIED BY 'old replication'; GRANT REPLICATION SLAVE ON *.* TO replicator@'%';`;

function statementsOf({ engine, role, statements = '' }: OldServer): string {
  const modern = !engine.startsWith('mariadb') && engine !== 'mysql-5.7';
  const [change, term] = modern ? ['CHANGE REPLICATION SOURCE TO', 'SOURCE'] : ['CHANGE MASTER TO', 'MASTER'];
  const source = `${change} ${term}_HOST = 'shop-primary', ${term}_USER = 'replicator', ${term}_PASSWORD = 'old replication';`;
  return [SHOP, role === 'standalone' ? '' : REPLICATOR, role === 'secondary' ? source : '', statements].join('\n');
}

function optionsOf({ image, role, options = [] }: OldServer): readonly string[] {
  const logs = role === 'standalone' ? [] : ['--server-id=417', '--log-bin=mysql-bin', '--sync-binlog=1'];
  const relay = role === 'secondary' ? ['--relay-log=mysql-relay-bin'] : [];
  return ['--skip-name-resolve', ...(image === 'bitnami' ? [...logs, ...relay] : []), ...options];
}

/** Makes the volume in a pod of its own. */
async function make(old: OldServer, folder: string): Promise<void> {
  await withRelease({ engine: old.engine, method: defaultMethod(old.engine) }, async (release) => {
    const pod = await release.pod(0);
    const environment = {
      OLD_FOLDER: old.folder,
      OLD_FAMILY: release.engine.family,
      OLD_OPTIONS: optionsOf(old).join(' '),
      OLD_ACCOUNTS: ACCOUNTS[old.image],
      OLD_STATEMENTS: statementsOf(old),
      OLD_END: old.end,
      OLD_BEFORE: old.before ?? '',
    };
    const command = ['bash', '-Eeuo', 'pipefail', '-c', SERVER];
    const image = { root: await imageRoot(old.engine, 'server') };
    const { status, output } = await pod.launch('old-server', { command, image, mounts: [] }, environment).end(120);
    if (status !== 0) throw new Error(`The old server ended with status ${status}:\n${output}`);
    await release.island.run('cp', '--archive', pod.islandPath('volume'), `${folder}/volume`);
  });
}

const made = new Map<string, Promise<string>>();

/** Gives a pod the volume that the old server left. */
export async function restoreOld(pod: Pod, old: OldServer): Promise<void> {
  const name = `old-${createHash('sha256').update(JSON.stringify(old)).digest('hex').slice(0, 16)}`;
  const folder = made.get(name) ?? prepared(name, (part) => make(old, part));
  made.set(name, folder);
  await pod.restore(`${await folder}/volume`);
}

/** Gives everything on a pod's volume an owner, as images do that run as another user. */
export async function giveVolume(pod: Pod, owner: string, folder = ''): Promise<void> {
  await pod.release.island.run('chown', '--recursive', owner, pod.islandPath('volume', folder));
}
