/**
 * The volumes themselves: folders below one root, or file systems of a fixed size mounted there.
 *
 * A fresh volume is what a cloud's provisioner hands out: owned by root and closed to others. To open it to a pod is the
 * kubelet's work (`fsGroup`).
 */

import { execFile } from 'node:child_process';
import { access, chmod, mkdir, rm, rmdir, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What a claim asks for. */
export interface VolumeRequest {
  /** The volume's name, and so its folder's. */
  readonly name: string;
  readonly bytes: number;
  /** Whether writing more than the size has to fail, as on a real disk. */
  readonly sizeLimited: boolean;
}

/** Makes and removes volumes below `root`. */
export class Volumes {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  /** Where a volume is or will be. */
  folder(name: string): string {
    return join(this.#root, name);
  }

  /** Makes the volume. One that is half there after a crash is made anew, since nobody can have used it. */
  async create(request: VolumeRequest): Promise<void> {
    await this.remove(request.name);
    const folder = this.folder(request.name);
    await mkdir(folder, { recursive: true, mode: 0o750 });
    if (request.sizeLimited) await this.#mountFileSystem(request);
    await chmod(folder, 0o750);
  }

  /** Removes the volume with all that is in it; it need not exist. */
  async remove(name: string): Promise<void> {
    const folder = this.folder(name);
    const image = this.#image(name);
    if (await exists(image)) {
      // The loop device goes with its last mount. A volume that was never mounted has none.
      await run('umount', [folder]).catch(() => undefined);
      await rmdir(folder).catch(() => undefined);
      await rm(image);
    }
    await rm(folder, { recursive: true, force: true });
  }

  async #mountFileSystem(request: VolumeRequest): Promise<void> {
    const image = this.#image(request.name);
    await writeFile(image, '', { mode: 0o600 });
    await truncate(image, request.bytes);
    // No blocks are kept back for root: the size that was asked for is there to be used.
    await run('mkfs.ext4', ['-q', '-m', '0', image]);
    await run('mount', ['-o', 'loop', image, this.folder(request.name)]);
  }

  #image(name: string): string {
    return `${this.folder(name)}.img`;
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
