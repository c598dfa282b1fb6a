/** MySQL 8.0 on a real 8.0.31 server; XtraBackup is a STAND-IN that keeps the tool's command line, files and stream. */

import { engineLife } from './life.ts';

engineLife({ engine: 'mysql-8.0', server: '8.0.31', tool: 'XtraBackup STAND-IN' });
