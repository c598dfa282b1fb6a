/** MySQL with a primary that moves. */

import { testFailover } from './support/failover.ts';

testFailover('mysql-9.7');
