/** What the faults happen to. */

import type { EngineName } from '../../../schema/engines.ts';
import type { Fault, TestedMethod } from './fault.ts';

/** An engine with its way to clone, whose parts are all real here. */
export interface ChartSubject {
  /** Names it in the results. */
  readonly name: string;
  /** Names it for people. */
  readonly title: string;
  readonly engine: EngineName;
  readonly method: TestedMethod;
}

/** The tutorial's own manifests. */
export interface TutorialSubject {
  readonly name: 'tutorial';
  readonly title: string;
  readonly method: 'tutorial';
}

/** Something that faults happen to. */
export type Subject = ChartSubject | TutorialSubject;

function subject(title: string, engine: EngineName, method: TestedMethod): ChartSubject {
  return { name: `${engine}, ${method}`, title: `${title}, ${method}`, engine, method };
}

export const MYSQL = subject('MySQL 9.7', 'mysql-9.7', 'plugin');
export const MARIADB = subject('MariaDB 11.8', 'mariadb-11.8', 'mariadb-backup');

/** On a real MySQL 5.7.22, with a stand-in for XtraBackup. */
export const TUTORIAL: TutorialSubject = { name: 'tutorial', title: 'the tutorial, MySQL 5.7, XtraBackup STAND-IN', method: 'tutorial' };

export const SUBJECTS: readonly Subject[] = [MYSQL, MARIADB, TUTORIAL];

export function isOfChart(one: Subject): one is ChartSubject {
  return one.method !== 'tutorial';
}

/** Some faults are of a method that not every subject has. */
export function concerns({ methods }: Pick<Fault, 'methods'>, { method }: Subject): boolean {
  return methods?.includes(method) ?? true;
}
