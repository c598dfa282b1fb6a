/** MySQL with its own CLONE plugin. */

import { MYSQL } from './support/subjects.ts';
import { testFaults } from './support/suite.ts';

testFaults(MYSQL);
