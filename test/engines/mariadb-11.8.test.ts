/** MariaDB 11.8 on Debian's server of that series, with its own backup tool: nothing here is a stand-in. */

import { engineLife } from './life.ts';

engineLife({ engine: 'mariadb-11.8', server: '11.8.', tool: 'mariadb-backup' });
