/** MariaDB with mariadb-backup, streamed over port 3307. */

import { MARIADB } from './support/subjects.ts';
import { testFaults } from './support/suite.ts';

testFaults(MARIADB);
