import { bitnamiRows } from './bitnami.ts';
import { bitnamiDefaults, BITNAMI_MARKS } from './bitnami-defaults.ts';
import { lack, type Origin } from './row.ts';

/** What of the chart's own my.cnf the server does not do by itself. */
const SETTINGS = ['[mysqld]', 'character-set-server=UTF8', 'collation-server=utf8_general_ci', 'binlog_expire_logs_seconds=2592000'].join(
  '\n',
);

/** Bitnami's chart mariadb. */
export const BITNAMI_MARIADB: Origin = {
  name: 'bitnami-mariadb',
  title: "Bitnami's chart mariadb",
  shape: 'values',
  replicas: 'secondary',
  marks: BITNAMI_MARKS,
  word: 'mariadb',
  defaults: { ...bitnamiDefaults({ settings: SETTINGS, tag: '12.0.2-debian-12-r0' }), 'tde.enabled': false },
  rows: [
    ...bitnamiRows('mariadb'),
    ...lack('Encrypted tables need keys that the chart does not bring to the server: decrypt them before the move.', 'tde'),
  ],
};
