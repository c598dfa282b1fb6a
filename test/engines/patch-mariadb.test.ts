/** From one build of MariaDB 10.11 to the next, all of it real: the one that Debian published, and the one of its security updates. */

import { OLDER_BUILD_TAG } from '../cluster/images/recipes.ts';
import { serverUpgrade } from './support/upgrade.ts';

serverUpgrade({
  from: 'mariadb-10.11',
  fromTag: OLDER_BUILD_TAG,
  to: 'mariadb-10.11',
  server: /^10\.11\./,
  refused: [],
});
