/** Client libraries and programs as users have them, each of which logs in to an address and runs statements. */

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import type { ListedEngine } from '../../../schema/engines.ts';
import type { EngineFamily } from '../../../schema/engines/engine.ts';
import { chartAccess, secretValue, type Login } from '../../e2e/support/access.ts';
import { kubectl } from '../../e2e/support/kubernetes.ts';
import { run } from '../../e2e/support/process.ts';
import { reach, type Target } from '../../e2e/support/reach.ts';
import type { Release } from '../../e2e/support/release.ts';
import { BIN } from '../../e2e/support/tools.ts';

/** What a client is to do. */
export interface Task {
  readonly release: Release;
  readonly service: 'primary' | 'read';
  readonly tls: boolean;
  readonly statements: readonly string[];
}

/** A client: its name as people know it, and a run that gives the rows, a line each, with tabs between the columns. */
export interface Client {
  readonly name: (family: EngineFamily) => string;
  /** Whether it takes servers that offer TLS 1.1 at most. */
  readonly takesOldTls: boolean;
  readonly run: (task: Task) => Promise<readonly string[]>;
}

const HERE = join(import.meta.dirname, '../clients');
const DEADLINE = 180;

const DRIVERS = {
  mysql: {
    artifact: 'com.mysql:mysql-connector-j:9.5.0',
    sha256: 'f2ca3dfaf00d4aa311470db7ea3051962944ba0cb60005a2f75467549c39f425',
  },
  mariadb: {
    artifact: 'org.mariadb.jdbc:mariadb-java-client:3.5.6',
    sha256: 'a129703efd7b0f334564d46753de999f09b3a361489a2eb647e6020390981cc9',
  },
} as const;

function lines(output: string): readonly string[] {
  return output.split('\n').filter((line) => line !== '');
}

function target({ release: { namespace, fullname }, service }: Task): Target {
  return { kind: 'service', namespace, name: `${fullname}-${service}` };
}

function login({ release: { namespace, name, fullname, engine } }: Task): Promise<Login> {
  return chartAccess(namespace, name, fullname, engine).login();
}

/** The authority of a release as a file, for clients that read one. */
async function authorityFile({ release: { namespace, fullname } }: Task): Promise<string> {
  const file = join(mkdtempSync(join(tmpdir(), 'mysql-sts-')), 'ca.pem');
  writeFileSync(file, await secretValue(namespace, `${fullname}-tls`, 'ca.crt'));
  return file;
}

/** What TLS is called; without it, MySQL's default authentication from 8.0 on asks for the server's key. */
function programOptions({ name, family }: ListedEngine, tls: boolean): string {
  const authority = '--ssl-ca=/etc/mysql-sts/tls/ca.crt';
  if (family === 'mariadb') return tls ? `--ssl-verify-server-cert ${authority}` : '--skip-ssl';
  if (tls) return `--ssl-mode=VERIFY_IDENTITY ${authority}`;
  return name === 'mysql-5.7' ? '--ssl-mode=DISABLED' : '--ssl-mode=DISABLED --get-server-public-key';
}

/** The client program of the server's image, inside the cluster, where the service has its name. */
const PROGRAM: Client = {
  name: (family) => `${family} (program)`,
  takesOldTls: true,
  run: async ({ release: { namespace, fullname, engine }, service, tls, statements }) => {
    const options = programOptions(engine, tls);
    const script = `MYSQL_PWD=$(< /etc/mysql-sts/secrets/app) exec ${engine.clientBinary} --no-defaults --host=${fullname}-${service} \
      --user=app --database=app --batch --skip-column-names ${options}`;
    const command = ['exec', '--stdin', `${fullname}-0`, '--container', 'mysql', '--', 'bash', '-c', script];
    return lines(await kubectl(namespace, command, { input: statements.map((statement) => `${statement};\n`).join('') }));
  },
};

/** A statement without rows is answered by an object. */
function isRows(result: unknown): result is readonly (readonly string[])[] {
  return Array.isArray(result);
}

const MYSQL2: Client = {
  name: () => 'mysql2 (Node.js)',
  takesOldTls: false,
  run: async (task) => {
    const { user, password, database, ssl } = await login(task);
    const address = await reach(target(task), 3306);
    const { host, port } = address;
    const connection = await createConnection({ host, port, user, password, database, rowsAsArray: true, ...(task.tls && ssl && { ssl }) });
    try {
      const rows: string[] = [];
      for (const statement of task.statements) {
        const [result]: readonly unknown[] = await connection.query(statement);
        if (isRows(result)) rows.push(...result.map((row) => row.join('\t')));
      }
      return rows;
    } finally {
      await connection.end();
      address.close();
    }
  },
};

/** Runs a program of ours with the address and the login in its environment. */
async function runProgram(
  task: Task,
  command: readonly [string, ...string[]],
  more: (host: string, port: number) => Promise<Record<string, string>>,
): Promise<readonly string[]> {
  const { user, password, database } = await login(task);
  const address = await reach(target(task), 3306);
  try {
    const environment = {
      DB_HOST: address.host,
      DB_PORT: String(address.port),
      DB_USER: user,
      DB_PASSWORD: password,
      DB_NAME: database,
      ...(await more(address.host, address.port)),
    };
    const [program, ...args] = command;
    return lines(
      await run(program, args, { input: task.statements.map((statement) => `${statement}\n`).join(''), deadline: DEADLINE, environment }),
    );
  } finally {
    address.close();
  }
}

const PYMYSQL: Client = {
  name: () => 'PyMySQL (Python)',
  takesOldTls: false,
  run: (task) => {
    // The tools' own Python, in which the driver is installed.
    const python = join(dirname(realpathSync(join(BIN, 'yamllint'))), 'venv/bin/python');
    return runProgram(task, [python, join(HERE, 'pymysql-client.py')], async () => ({ DB_CA: task.tls ? await authorityFile(task) : '' }));
  },
};

const jars = new Map<EngineFamily, string>();

/** The driver's archive, fetched once. */
function driver(family: EngineFamily): string {
  const known = jars.get(family);
  if (known !== undefined) return known;
  const { artifact, sha256 } = DRIVERS[family];
  const folder = mkdtempSync(join(tmpdir(), 'mysql-sts-'));
  execFileSync('mvn', ['--batch-mode', '--quiet', 'dependency:copy', `-Dartifact=${artifact}`, `-DoutputDirectory=${folder}`]);
  const [, name, version] = artifact.split(':');
  const file = join(folder, `${name ?? ''}-${version ?? ''}.jar`);
  const sum = createHash('sha256').update(readFileSync(file)).digest('hex');
  if (sum !== sha256) throw new Error(`The archive of ${artifact} has the checksum ${sum}, not ${sha256}.`);
  jars.set(family, file);
  return file;
}

/** What a URL says of TLS. MySQL's driver reads authorities from Java's own kind of file alone. */
async function jdbcOptions(task: Task): Promise<string> {
  const { family } = task.release.engine;
  if (!task.tls) return family === 'mysql' ? 'sslMode=DISABLED&allowPublicKeyRetrieval=true' : 'sslMode=disable';
  const authority = await authorityFile(task);
  if (family === 'mariadb') return `sslMode=verify-ca&serverSslCert=${authority}`;
  const store = `${authority}.p12`;
  await run('keytool', ['-importcert', '-noprompt', '-alias', 'ca', '-file', authority, '-keystore', store, '-storepass', 'public']);
  return `sslMode=VERIFY_CA&trustCertificateKeyStoreUrl=file:${store}&trustCertificateKeyStorePassword=public`;
}

const JDBC: Client = {
  name: (family) => (family === 'mysql' ? 'MySQL Connector/J (Java)' : 'MariaDB Connector/J (Java)'),
  takesOldTls: false,
  run: (task) => {
    const { family } = task.release.engine;
    return runProgram(task, ['java', '-cp', driver(family), join(HERE, 'JdbcClient.java')], async (host, port) => ({
      DB_URL: `jdbc:${family}://${host}:${port}/app?${await jdbcOptions(task)}`,
    }));
  },
};

export const CLIENTS: readonly Client[] = [PROGRAM, MYSQL2, PYMYSQL, JDBC];
