/** MySQL 5.7 on a real 5.7.22 server; XtraBackup is a STAND-IN that keeps the tool's command line, files and stream. */

import { engineLife } from './life.ts';

engineLife({ engine: 'mysql-5.7', server: '5.7.22', tool: 'XtraBackup STAND-IN' });
