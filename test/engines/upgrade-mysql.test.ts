/** MySQL 5.7.22 to 8.0.31, both real servers; XtraBackup, which clones them, is a STAND-IN. */

import { serverUpgrade } from './support/upgrade.ts';

serverUpgrade({
  from: 'mysql-5.7',
  to: 'mysql-8.0',
  server: /^8\.0\.31$/,
  refused: [
    [
      'mysql-9.7',
      /this release runs mysql-8\.0, whose data mysql-9\.7 cannot open\. Nothing was changed\. From mysql-8\.0 the next step is mysql-8\.4;/,
    ],
    ['mysql-5.7', /this release runs mysql-8\.0, whose data mysql-5\.7 cannot open\./],
  ],
});
