/** Contenders of the benchmark, measured alike, and what is written down of them. */

import { makeNamespace, removeNamespace } from '../e2e/support/namespaces.ts';
import { say, stopwatch } from '../e2e/support/progress.ts';
import { install, SMALL, type Overrides } from '../e2e/support/release.ts';
import { chartSite } from '../faults/support/chart-site.ts';
import { Course } from '../faults/support/course.ts';
import { MARIADB, MYSQL, TUTORIAL as TUTORIAL_SUBJECT, type ChartSubject, type Subject } from '../faults/support/subjects.ts';
import { tutorialSite } from '../faults/support/tutorial-site.ts';
import { installTutorial } from '../tutorial/tutorial.ts';
import type { Measurement, Profile } from './results.ts';

/** Who is measured. */
export interface Contender {
  readonly title: string;
  readonly subject: Subject;
  /** Installs three pods in a namespace and waits until they are Ready. */
  readonly install: (namespace: string) => Promise<Course>;
  /** What the pods are called that it installs. */
  readonly podName: (ordinal: number) => string;
}

const NAME = 'bench';

function chart(subject: ChartSubject): Contender {
  const { title, engine, method } = subject;
  const values: Overrides = { ...SMALL, fullnameOverride: NAME, engine };
  return {
    title,
    subject,
    install: async (namespace) => {
      const release = await install(namespace, NAME, values);
      return new Course(release, chartSite(release, method, values));
    },
    podName: (ordinal) => `${NAME}-${ordinal}`,
  };
}

export const TUTORIAL: Contender = {
  title: TUTORIAL_SUBJECT.title,
  subject: TUTORIAL_SUBJECT,
  install: async (namespace) => {
    const release = await installTutorial(namespace);
    return new Course(release, tutorialSite(release));
  },
  podName: (ordinal) => `mysql-${ordinal}`,
};

export const MYSQL_CHART = chart(MYSQL);
export const MARIADB_CHART = chart(MARIADB);
export const CONTENDERS: readonly Contender[] = [TUTORIAL, MYSQL_CHART, MARIADB_CHART];

/** Does something in a namespace of its own. The tutorial's pods run as root, which the strictest standard forbids. */
export async function inNamespace<T>(work: (namespace: string) => Promise<T>): Promise<T> {
  const namespace = await makeNamespace('bench', 'privileged');
  try {
    return await work(namespace);
  } finally {
    await removeNamespace(namespace);
  }
}

/** Does something in so many namespaces. */
export function inNamespaces<T>(
  count: number,
  work: (namespaces: readonly string[]) => Promise<T>,
  known: readonly string[] = [],
): Promise<T> {
  return known.length === count ? work(known) : inNamespace((next) => inNamespaces(count, work, [...known, next]));
}

/** Times some work in seconds. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const seconds = stopwatch();
  await work();
  return seconds();
}

/** Prints numbers and keeps them. */
export class Ledger {
  readonly measurements: Measurement[] = [];
  readonly profiles: Profile[] = [];

  enter(measurement: Measurement): void {
    this.measurements.push(measurement);
    const { what, contender, value, unit } = measurement;
    say(`${value.toFixed(1).padStart(9)} ${unit}  ${what}: ${contender}`);
  }

  keep(profile: Profile): void {
    this.profiles.push(profile);
    const phases = profile.phases.map(({ name, seconds }) => `${seconds.toFixed(1)} s ${name}`);
    say(`           profile of ${profile.what}: ${phases.join(', ')}`);
  }
}
