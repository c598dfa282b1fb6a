/**
 * The shell and the tools that an image's base has. All scripts obey the oldest of them.
 *
 * The base images are read from the Dockerfiles of docker-library/mysql, docker-library/mariadb and percona/percona-docker; the versions of
 * the distributions are from memory until `make official-commands` has compared them with the images.
 */

/** The versions of the programs that scripts are written in. */
export interface Userland {
  /** The distribution, for people. */
  readonly base: string;
  /** What the version of bash begins with. */
  readonly bash: string;
  /** What the version of coreutils begins with. */
  readonly coreutils: string;
}

export const ORACLE_LINUX_7: Userland = { base: 'Oracle Linux 7', bash: '4.2', coreutils: '8.22' };
export const ORACLE_LINUX_9: Userland = { base: 'Oracle Linux 9', bash: '5.1', coreutils: '8.32' };
export const UBI_9: Userland = { base: 'Red Hat UBI 9', bash: '5.1', coreutils: '8.32' };
export const UBUNTU_22: Userland = { base: 'Ubuntu 22.04', bash: '5.1', coreutils: '8.32' };
export const UBUNTU_24: Userland = { base: 'Ubuntu 24.04', bash: '5.2', coreutils: '9.4' };

/** Whether a version of dotted numbers is older than another. */
export function isOlder(version: string, other: string): boolean {
  const [first, second] = [version, other].map((text) => text.split('.').map(Number));
  const place = (first ?? []).findIndex((number, index) => number !== (second?.[index] ?? 0));
  return place !== -1 && (first?.[place] ?? 0) < (second?.[place] ?? 0);
}

/** The oldest version of each program among images. */
export function oldest(userlands: readonly Userland[]): Readonly<Record<'bash' | 'coreutils', string>> {
  const lowest = (program: 'bash' | 'coreutils'): string =>
    userlands.map((userland) => userland[program]).reduce((low, version) => (isOlder(version, low) ? version : low));
  return { bash: lowest('bash'), coreutils: lowest('coreutils') };
}

/** What is wrong when an image's programs say these versions; undefined when they are as the table says. */
export function userlandMismatch(
  { base, bash, coreutils }: Userland,
  said: Readonly<Record<'bash' | 'coreutils', string>>,
): string | undefined {
  const wrong = Object.entries({ bash, coreutils }).flatMap(([program, version]) => {
    const found = program === 'bash' ? said.bash : said.coreutils;
    return found === version || found.startsWith(`${version}.`) ? [] : [`${program} ${found || 'unknown'}, not ${version}`];
  });
  return wrong.length === 0
    ? undefined
    : `${wrong.join('; ')}: correct the userland ${base} in schema/engines, and then what the scripts use`;
}
