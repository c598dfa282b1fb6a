/** MySQL on three nodes, each of which is lost in some way. */

import { testNodes } from './support/losses.ts';

testNodes('mysql-9.7');
