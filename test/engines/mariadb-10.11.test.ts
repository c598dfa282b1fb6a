/** MariaDB 10.11 on Debian's server of that series, with its own backup tool: nothing here is a stand-in. */

import { engineLife } from './life.ts';

engineLife({ engine: 'mariadb-10.11', server: '10.11.', tool: 'mariadb-backup' });
