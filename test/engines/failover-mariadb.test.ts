/** MariaDB with a primary that moves. */

import { testFailover } from '../e2e/support/failover.ts';

testFailover('mariadb-11.8');
