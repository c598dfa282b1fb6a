/** A volume on a disk of its own, of which one can see what a power cut would leave. */

import { ISLAND_ROOT } from './island.ts';
import type { Pod } from './pod.ts';

const MAKE = `
  truncate --size=600M "$1"
  mkfs.ext4 -q "$1"
  mount -o loop "$1" "$2"
  rmdir "$2/lost+found"
  chown 0:999 "$2"
  chmod 2775 "$2"`;

/** What has not reached the disk is in the memory of this machine alone, so a copy of the disk is what a power cut leaves. */
const COMPARE = `
  cp --sparse=always "$1" "$1-after"
  mkdir "$1-mounted"
  mount -o loop "$1-after" "$1-mounted"
  trap 'umount "$1-mounted"' EXIT
  sums() { (cd "$1" && find . -type f -exec sha256sum {} + | sort -k 2); }
  comm -23 <(sums "$2/$3") <(sums "$1-mounted/$3") | cut --characters=67-`;

/** A disk under an empty volume. */
export class Disk {
  readonly #pod: Pod;

  private constructor(pod: Pod) {
    this.#pod = pod;
  }

  static async under(pod: Pod): Promise<Disk> {
    const disk = new Disk(pod);
    await disk.#run(MAKE);
    return disk;
  }

  /** The files of a folder that a power cut now would lose or spoil. */
  async endangered(folder: string): Promise<readonly string[]> {
    return (await this.#run(COMPARE, folder)).split('\n').filter((name) => name !== '');
  }

  #run(code: string, ...args: readonly string[]): Promise<string> {
    const { name, release } = this.#pod;
    const folder = `${ISLAND_ROOT}/${release.name}`;
    return release.island.run('bash', '-euc', code, '-', `${folder}/${name}-disk`, `${folder}/${name}/volume`, ...args);
  }
}
