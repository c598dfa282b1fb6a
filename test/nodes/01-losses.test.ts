/** Three nodes, each of which is lost in some way, with the engines that ENGINE names. */

import { engineNamed } from '../e2e/support/engines.ts';
import { testNodes } from './support/losses.ts';

const DEFAULT = 'mysql-9.7';

for (const name of (process.env['ENGINE'] ?? DEFAULT).split(' ')) testNodes(engineNamed(name === '' ? DEFAULT : name).name);
