/** MariaDB with a primary that moves. */

import { testFailover } from './support/failover.ts';

testFailover('mariadb-11.8');
