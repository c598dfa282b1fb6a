/** MySQL with its own CLONE plugin on bad days. */

import { testRecovery } from './support/recovery.ts';

testRecovery('mysql-9.7');
