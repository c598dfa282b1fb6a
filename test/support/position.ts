import type { Engine } from '../../schema/engines.ts';

/** SQL for every transaction that a server has, as one line. The tests' own words, so that they can catch the scripts' in a mistake. */
export function positionSql({ family }: Engine): string {
  switch (family) {
    case 'mysql':
      return "REPLACE(@@GLOBAL.gtid_executed, '\\n', '')";
    case 'mariadb':
      return '@@GLOBAL.gtid_current_pos';
  }
}
