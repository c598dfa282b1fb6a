import { bitnamiRows } from './bitnami.ts';
import { bitnamiDefaults, BITNAMI_MARKS } from './bitnami-defaults.ts';
import type { Origin } from './row.ts';

/** What of the chart's own my.cnf the server does not do by itself. */
const SETTINGS = ['[mysqld]', 'max_allowed_packet=16M', 'character-set-server=UTF8'].join('\n');

/** Bitnami's chart mysql. */
export const BITNAMI_MYSQL: Origin = {
  name: 'bitnami-mysql',
  title: "Bitnami's chart mysql",
  shape: 'values',
  replicas: 'secondary',
  marks: BITNAMI_MARKS,
  word: 'mysql',
  defaults: bitnamiDefaults({ settings: SETTINGS, tag: '9.4.0-debian-12-r1' }),
  rows: bitnamiRows('mysql'),
};
