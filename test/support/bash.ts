/** The bash under test. */

import { resolve } from 'node:path';

const wanted = process.env['MYSQL_STS_BASH'] ?? '';

/** The bash that MYSQL_STS_BASH names, as an absolute path; undefined: each image's own, and this machine's. */
export const OTHER_BASH = wanted === '' ? undefined : resolve(wanted);

/** The bash for tests that need no image: a path, or a name to be found on PATH. */
export const BASH = OTHER_BASH ?? 'bash';
