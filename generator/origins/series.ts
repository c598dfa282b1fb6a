import { ENGINES } from '../../schema/engines.ts';

/** An engine, and what is different about it where the version is of another series. */
export interface EngineOfVersion {
  readonly engine: string;
  readonly note?: string;
}

/** Which engine runs what a server of a version has written; undefined for what is no version of this family. */
export function engineOfVersion(family: 'mysql' | 'mariadb', text: string): EngineOfVersion | undefined {
  const [, major = '', minor = ''] = /^(\d+)(?:\.(\d+))?(?![\d])/.exec(text) ?? [];
  const rows = ENGINES.filter((engine) => engine.family === family);
  const highest = Math.max(...rows.map(({ series }) => rank(series)));
  if (major === '' || (family === 'mysql' && Number(major) > Math.floor(highest / 1000))) return undefined;
  // A major number alone is whatever was its newest series.
  const version = Number(major) * 1000 + (minor === '' ? 999 : Number(minor));
  const exact = rows.find(({ series }) => rank(series) === version);
  if (exact !== undefined) return { engine: exact.name };
  const next =
    minor === '' ? rows.filter(({ series }) => rank(series) <= version).at(-1) : rows.find(({ series }) => rank(series) > version);
  if (next !== undefined) {
    return { engine: next.name, note: `The chart has no engine of that series; ${next.name} is the next one that reads its data.` };
  }
  const last = rows.at(-1)?.name ?? '';
  return {
    engine: last,
    note: `The chart has no engine of that series, and ${last} does not open its data directory: move the rows by a dump.`,
  };
}

function rank(series: string): number {
  const [major = 0, minor = 0] = series.split('.').map(Number);
  return major * 1000 + minor;
}
