import { BITNAMI_MARIADB } from './bitnami-mariadb.ts';
import { BITNAMI_MYSQL } from './bitnami-mysql.ts';
import { BITPOKE } from './bitpoke.ts';
import { CLOUDPIRATES_MARIADB } from './cloudpirates-mariadb.ts';
import { HELMFORGE_MYSQL } from './helmforge-mysql.ts';
import type { Origin, OriginName } from './row.ts';
import { TUTORIAL } from './tutorial.ts';

/** Every chart and set of manifests that is known. Where words mean several, the first one counts. */
export const ORIGINS: readonly Origin[] = [BITNAMI_MYSQL, BITNAMI_MARIADB, HELMFORGE_MYSQL, CLOUDPIRATES_MARIADB, BITPOKE, TUTORIAL];

/** The origin of a name. */
export function originOf(name: OriginName): Origin | undefined {
  return ORIGINS.find((origin) => origin.name === name);
}
