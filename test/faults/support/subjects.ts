/** What the faults happen to. */

import type { EngineName } from '../../../schema/engines.ts';
import type { TestedMethod } from './fault.ts';

/** Something that faults happen to. */
export interface Subject {
  /** Names it in the results. */
  readonly name: string;
  /** Names it for people. */
  readonly title: string;
}

/** An engine with its way to clone, whose parts are all real here. */
export interface ChartSubject extends Subject {
  readonly engine: EngineName;
  readonly method: TestedMethod;
}

function subject(title: string, engine: EngineName, method: TestedMethod): ChartSubject {
  return { name: `${engine}, ${method}`, title: `${title}, ${method}`, engine, method };
}

export const MYSQL = subject('MySQL 9.7', 'mysql-9.7', 'plugin');
export const MARIADB = subject('MariaDB 11.8', 'mariadb-11.8', 'mariadb-backup');
export const CHART_SUBJECTS: readonly ChartSubject[] = [MYSQL, MARIADB];

/** The tutorial's own manifests, on a real MySQL 5.7.22, with a stand-in for XtraBackup. */
export const TUTORIAL: Subject = { name: 'tutorial', title: 'the tutorial, MySQL 5.7, XtraBackup STAND-IN' };
