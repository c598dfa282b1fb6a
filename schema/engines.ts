/**
 * The engine table: everything in which one database server differs from another.
 *
 * Each row is also the context in which `generator/templates/files/engine.sh.hbs` is rendered. No other source may
 * ask which engine it works for: what differs becomes a field here.
 */
import type { Engine } from './engines/engine.ts';
import { mariadb } from './engines/mariadb.ts';
import { mysql } from './engines/mysql.ts';

export type { CloneMethod, Engine, EngineImage, EngineName } from './engines/engine.ts';

/** Every engine that the chart runs, the oldest of a family first. */
export const ENGINES: readonly Engine[] = [
  mysql({
    name: 'mysql-8.4',
    series: '8.4',
    endOfLife: '2032-04',
    upgradesFrom: [],
    serverTag: '8.4.11',
    xtrabackupTag: '8.4.0-6.1',
  }),
  mysql({
    name: 'mysql-9.7',
    series: '9.7',
    endOfLife: '2034-04',
    upgradesFrom: ['mysql-8.4'],
    serverTag: '9.7.2',
    // A release candidate; the image's tag does not say so.
    xtrabackupTag: '9.7.1',
  }),
  mariadb({ name: 'mariadb-10.11', series: '10.11', endOfLife: '2028-02', upgradesFrom: [], serverTag: '10.11.18' }),
  mariadb({
    name: 'mariadb-11.4',
    series: '11.4',
    endOfLife: '2029-05',
    upgradesFrom: ['mariadb-10.11'],
    serverTag: '11.4.12',
  }),
  mariadb({
    name: 'mariadb-11.8',
    series: '11.8',
    endOfLife: '2028-06',
    upgradesFrom: ['mariadb-10.11', 'mariadb-11.4'],
    serverTag: '11.8.8',
  }),
];
