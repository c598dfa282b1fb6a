import { gt, gte, parse, type SemVer } from 'semver';
import { InputError } from '../errors/input-error.ts';
import { helmYaml } from '../language/helm-yaml.ts';
import { heaviest, type Change, type Level } from './change.ts';

/** The version that a changed chart should have. */
export interface Proposal {
  readonly level: Level | undefined;
  readonly version: string;
  /** Why this version and no other. */
  readonly reason: string;
  /** Whether the new chart's own version is high enough. */
  readonly isMet: boolean;
}

/** Proposes a version, by what the changes mean for values files. */
export function propose(changes: readonly Change[], before: string, after: string): Proposal {
  const old = versionOf(before);
  const now = versionOf(after);
  const level = heaviest(changes);
  if (level === undefined) {
    return { level, version: before, reason: 'nothing differs', isMet: gte(now, old) };
  }
  if (old.prerelease.length > 0) {
    return { level, version: coreOf(old), reason: `${before} is a pre-release, after which anything may change`, isMet: gt(now, old) };
  }
  const version = nextVersion(old, level);
  return { level, version, reason: reasonOf(level, old), isMet: gte(coreOf(now), version) };
}

/** The version without its pre-release: 1.3.0-rc.1 needs the numbers that 1.3.0 will have. */
function coreOf({ major, minor, patch }: SemVer): string {
  return `${major}.${minor}.${patch}`;
}

/** Before 1.0.0 the middle number stands for what breaks, as Helm's own ranges (^0.1.0) read it. */
function nextVersion({ major, minor, patch }: SemVer, level: Level): string {
  const isEarly = major === 0;
  if (level === 'major') return isEarly ? `0.${minor + 1}.0` : `${major + 1}.0.0`;
  return level === 'minor' && !isEarly ? `${major}.${minor + 1}.0` : `${major}.${minor}.${patch + 1}`;
}

function reasonOf(level: Level, { major }: SemVer): string {
  const words: Readonly<Record<Level, string>> = {
    major: 'some values files that were accepted are refused',
    minor: 'all values files are still accepted, and more can be said',
    patch: 'all values files are still accepted, and none can say more',
  };
  return major === 0 ? `${words[level]}; before 1.0.0 the middle number stands for what breaks` : words[level];
}

function versionOf(text: string): SemVer {
  const version = parse(text);
  if (version === null) throw new InputError('NOT_A_CHART', `${text} is no version of a chart; it needs three numbers.`);
  return version;
}

/** The lines of Chart.yaml that tell the version and, on Artifact Hub, what is new. */
export function chartLines({ version }: Proposal, changes: readonly Change[]): string {
  const list = helmYaml(changes.map(({ kind, subject, sentence }) => ({ kind, description: `${subject} ${sentence}` })));
  const annotations = changes.length === 0 ? {} : { annotations: { 'artifacthub.io/changes': list } };
  return helmYaml({ version, ...annotations });
}
