/** Contenders of the benchmark, measured alike, and what is written down of them. */

import { core } from '../e2e/support/kubernetes.ts';
import { makeNamespace } from '../e2e/support/namespaces.ts';
import { say, stopwatch } from '../e2e/support/progress.ts';
import { install, SMALL, type Overrides } from '../e2e/support/release.ts';
import { Course } from '../faults/support/course.ts';
import { chartSite } from '../faults/support/chart-site.ts';
import { MARIADB, MYSQL, type ChartSubject } from '../faults/support/subjects.ts';
import { tutorialSite } from '../faults/support/tutorial-site.ts';
import { installTutorial } from '../tutorial/tutorial.ts';

/** Who is measured. */
export interface Contender {
  readonly title: string;
  /** Installs three pods in a namespace and waits until they are Ready. */
  readonly install: (namespace: string) => Promise<Course>;
}

/** A number of one contender. */
export interface Measurement {
  readonly what: string;
  readonly contender: string;
  readonly value: number;
  readonly unit: 's' | 'MiB/s' | 'MiB' | 'millicores' | 'rows/s';
}

const NAME = 'bench';

function chart({ title, engine, method }: ChartSubject): Contender {
  const values: Overrides = { ...SMALL, engine };
  return {
    title,
    install: async (namespace) => {
      const release = await install(namespace, NAME, values);
      return new Course(release, chartSite(release, method, values));
    },
  };
}

export const TUTORIAL: Contender = {
  title: 'the tutorial, MySQL 5.7, XtraBackup STAND-IN',
  install: async (namespace) => {
    const release = await installTutorial(namespace);
    return new Course(release, tutorialSite(release));
  },
};

export const CONTENDERS: readonly Contender[] = [TUTORIAL, chart(MYSQL), chart(MARIADB)];

/** The tutorial's pods run as root, which the strictest standard forbids. */
export async function makeOpenNamespace(prefix: string): Promise<string> {
  const name = await makeNamespace(prefix);
  const body = [{ op: 'replace', path: '/metadata/labels/pod-security.kubernetes.io~1enforce', value: 'privileged' }];
  await core.patchNamespace({ name, body });
  return name;
}

/** Times some work in seconds. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const seconds = stopwatch();
  await work();
  return seconds();
}

/** Prints a number and keeps it. */
export class Ledger {
  readonly measurements: Measurement[] = [];

  enter(measurement: Measurement): void {
    this.measurements.push(measurement);
    const { what, contender, value, unit } = measurement;
    say(`${value.toFixed(1).padStart(9)} ${unit}  ${what}: ${contender}`);
  }

  find(what: string, contender: string): number | undefined {
    return this.measurements.find((each) => each.what === what && each.contender === contender)?.value;
  }
}
