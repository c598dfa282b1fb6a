/** MySQL 9.7 on a real 9.7 server, cloned by its own plugin: nothing here is a stand-in. */

import { engineLife } from './life.ts';

engineLife({ engine: 'mysql-9.7', server: '9.7.', tool: "the server's CLONE plugin" });
