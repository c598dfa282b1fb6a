import type { EngineName } from '../../schema/engines.ts';
import type { SeriesTable } from './row.ts';

/** A series that the chart does not run, and the next one that it does. */
function near(series: RegExp, engine: EngineName): SeriesTable[number] {
  return { series, engine, note: `The chart has no engine of that series; ${engine} is the next one that reads its data.` };
}

/** Which engine runs what a MySQL server of a version has written. */
export const MYSQL_SERIES: SeriesTable = [
  { series: /^5\.7\b/, engine: 'mysql-5.7' },
  near(/^5\.[0-6]\b/, 'mysql-5.7'),
  { series: /^8\.0\b/, engine: 'mysql-8.0' },
  { series: /^8\.4\b/, engine: 'mysql-8.4' },
  near(/^8\.[1-3]\b/, 'mysql-8.4'),
  near(/^8(?=$|[^.\d])/, 'mysql-8.4'),
  { series: /^9\.7\b/, engine: 'mysql-9.7' },
  near(/^9(?=$|[^.\d])|^9\.[0-6]\b/, 'mysql-9.7'),
];

/** The same for MariaDB. */
export const MARIADB_SERIES: SeriesTable = [
  { series: /^10\.11\b/, engine: 'mariadb-10.11' },
  near(/^10(?=$|[^.\d])|^10\.([0-9]|10)\b/, 'mariadb-10.11'),
  { series: /^11\.4\b/, engine: 'mariadb-11.4' },
  near(/^11\.[0-3]\b/, 'mariadb-11.4'),
  { series: /^11\.8\b/, engine: 'mariadb-11.8' },
  near(/^11(?=$|[^.\d])|^11\.[5-7]\b/, 'mariadb-11.8'),
  {
    series: /^1[2-9]\b/,
    engine: 'mariadb-11.8',
    note: 'The chart has no engine of that series yet, and mariadb-11.8 does not open its data directory: move the rows by a dump.',
  },
];
