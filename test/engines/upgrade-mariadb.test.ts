/** MariaDB 10.11 to 11.8, all of it real. */

import { serverUpgrade } from './support/upgrade.ts';

serverUpgrade({
  from: 'mariadb-10.11',
  to: 'mariadb-11.8',
  server: /^11\.8\./,
  refused: [
    [
      'mariadb-10.11',
      /this release runs mariadb-11\.8, whose data mariadb-10\.11 cannot open\. .*There is no step from mariadb-11\.8 yet;/,
    ],
    ['mysql-8.4', /this release runs mariadb-11\.8, whose data mysql-8\.4 cannot open\./],
  ],
});
