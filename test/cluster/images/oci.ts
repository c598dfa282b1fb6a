/** Packs a root file system as an OCI image of one layer, in an archive that every container runtime imports. */

import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What an image says about itself. */
export interface ImageConfig {
  readonly Env: readonly string[];
  readonly Cmd: readonly string[];
  readonly Labels: Readonly<Record<string, string>>;
}

interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
}

const MEDIA = 'application/vnd.oci.image';

/** Writes the archive and returns the digest of the image's manifest. `work` is a folder for what is needed meanwhile. */
export async function writeImage(
  image: { readonly name: string; readonly rootfs: string; readonly config: ImageConfig },
  archive: string,
  work: string,
): Promise<string> {
  await mkdir(join(work, 'blobs', 'sha256'), { recursive: true });
  const layer = await addLayer(image.rootfs, work);
  const config = await addJson(work, `${MEDIA}.config.v1+json`, {
    architecture: process.arch === 'arm64' ? 'arm64' : 'amd64',
    os: 'linux',
    config: image.config,
    rootfs: { type: 'layers', diff_ids: [layer.digest] },
  });
  const mediaType = `${MEDIA}.manifest.v1+json`;
  const manifest = await addJson(work, mediaType, { schemaVersion: 2, mediaType, config, layers: [layer] });
  const annotations = { 'io.containerd.image.name': image.name, 'org.opencontainers.image.ref.name': image.name };
  await writeFile(join(work, 'oci-layout'), JSON.stringify({ imageLayoutVersion: '1.0.0' }));
  await writeFile(join(work, 'index.json'), JSON.stringify({ schemaVersion: 2, manifests: [{ ...manifest, annotations }] }));
  await pack(work, archive);
  await rm(work, { recursive: true });
  return manifest.digest;
}

/** The same content makes the same bytes, whenever and in whatever order it was written. */
async function pack(folder: string, archive: string): Promise<void> {
  const flags = ['--sort=name', '--mtime=@0', '--numeric-owner', '--format=posix'];
  const pax = '--pax-option=exthdr.name=%d/PaxHeaders/%f,delete=atime,delete=ctime';
  await run('tar', [...flags, pax, '--create', '--file', archive, '--directory', folder, '.']);
}

async function addLayer(rootfs: string, work: string): Promise<Descriptor> {
  const file = join(work, 'layer.tar');
  await pack(rootfs, file);
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  const hex = hash.digest('hex');
  const { size } = await stat(file);
  await rename(file, join(work, 'blobs', 'sha256', hex));
  return { mediaType: `${MEDIA}.layer.v1.tar`, digest: `sha256:${hex}`, size };
}

async function addJson(work: string, mediaType: string, content: object): Promise<Descriptor> {
  const bytes = Buffer.from(JSON.stringify(content));
  const hex = createHash('sha256').update(bytes).digest('hex');
  await writeFile(join(work, 'blobs', 'sha256', hex), bytes);
  return { mediaType, digest: `sha256:${hex}`, size: bytes.length };
}
