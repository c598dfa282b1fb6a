/** MariaDB with its real backup tool on bad days. */

import { testRecovery } from './support/recovery.ts';

testRecovery('mariadb-11.8');
