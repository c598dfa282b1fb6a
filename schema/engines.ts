/**
 * The engine table: everything in which one database server differs from another.
 *
 * Each row is also the context in which `generator/templates/files/engine/engine.sh.hbs` is rendered. No other source may
 * ask which engine it works for: what differs becomes a field here.
 */
import type { Named } from './engines/engine.ts';
import { mariadb } from './engines/mariadb.ts';
import { CLASSIC, CURRENT, TRANSITIONAL } from './engines/mysql-dialects.ts';
import { mysql } from './engines/mysql.ts';
import { ORACLE_LINUX_7, ORACLE_LINUX_9, UBUNTU_22, UBUNTU_24 } from './engines/userland.ts';

export type { CloneMethod, Engine, EngineImage } from './engines/engine.ts';

const TABLE = [
  mysql({
    name: 'mysql-5.7',
    series: '5.7',
    endOfLife: '2023-10',
    upgradesFrom: [],
    serverTag: '5.7.44',
    userland: ORACLE_LINUX_7,
    dialect: CLASSIC,
    cloneMethods: ['xtrabackup'],
    // Of the builds of this tag, those since 2025 have socat and the client in them.
    xtrabackup: { tag: '2.4.29', series: '2.4' },
  }),
  mysql({
    name: 'mysql-8.0',
    series: '8.0',
    endOfLife: '2026-04',
    upgradesFrom: ['mysql-5.7'],
    serverTag: '8.0.46',
    userland: ORACLE_LINUX_9,
    dialect: TRANSITIONAL,
    cloneMethods: ['xtrabackup', 'plugin'],
    xtrabackup: { tag: '8.0.35-36.1', series: '8.0' },
  }),
  mysql({
    name: 'mysql-8.4',
    series: '8.4',
    endOfLife: '2032-04',
    upgradesFrom: ['mysql-8.0'],
    interim: ['8.1', '8.2', '8.3'],
    serverTag: '8.4.11',
    userland: ORACLE_LINUX_9,
    dialect: CURRENT,
    cloneMethods: ['plugin', 'xtrabackup'],
    xtrabackup: { tag: '8.4.0-6.1', series: '8.4' },
  }),
  mysql({
    name: 'mysql-9.7',
    series: '9.7',
    endOfLife: '2034-04',
    upgradesFrom: ['mysql-8.4'],
    interim: ['9.0', '9.1', '9.2', '9.3', '9.4', '9.5', '9.6'],
    serverTag: '9.7.2',
    userland: ORACLE_LINUX_9,
    dialect: CURRENT,
    cloneMethods: ['plugin', 'xtrabackup'],
    // A release candidate; the image's tag does not say so.
    xtrabackup: { tag: '9.7.1', series: '9.7' },
  }),
  mariadb({
    name: 'mariadb-10.11',
    series: '10.11',
    endOfLife: '2028-02',
    upgradesFrom: [],
    interim: ['10.6', '10.7', '10.8', '10.9', '10.10'],
    serverTag: '10.11.18',
    userland: UBUNTU_22,
  }),
  mariadb({
    name: 'mariadb-11.4',
    series: '11.4',
    endOfLife: '2029-05',
    upgradesFrom: ['mariadb-10.11'],
    interim: ['11.0', '11.1', '11.2', '11.3'],
    serverTag: '11.4.12',
    userland: UBUNTU_24,
  }),
  mariadb({
    name: 'mariadb-11.8',
    series: '11.8',
    endOfLife: '2028-06',
    upgradesFrom: ['mariadb-10.11', 'mariadb-11.4'],
    interim: ['11.0', '11.1', '11.2', '11.3', '11.5', '11.6', '11.7'],
    serverTag: '11.8.8',
    userland: UBUNTU_24,
  }),
] as const;

/** A name that the value `engine` accepts. */
export type EngineName = (typeof TABLE)[number]['name'];

/** A row of this table. */
export type ListedEngine = Named<EngineName>;

/** Every engine that the chart runs, the oldest of a family first. */
export const ENGINES: readonly ListedEngine[] = TABLE;
