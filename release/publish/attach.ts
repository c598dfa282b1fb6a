import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { ChartRepository } from './registry.ts';

/** The kind under which tools look for a list of parts in CycloneDX. */
export const SBOM_TYPE = 'application/vnd.cyclonedx+json';

/** Attaches the list of parts to the chart. */
export async function attachSbom(repository: ChartRepository, digest: string, parts: string): Promise<void> {
  const target = `${repository.path}@${digest}`;
  await inFolder(async (folder) => {
    writeFileSync(join(folder, 'chart.cdx.json'), parts);
    await repository.oras(['attach', '--artifact-type', SBOM_TYPE, target, `chart.cdx.json:${SBOM_TYPE}`], folder);
  });
}

/** Pushes what proves to Artifact Hub who owns the repository, under the tag that it asks for. */
export async function pushArtifactHub(repository: ChartRepository, repositoryID: string): Promise<void> {
  await inFolder(async (folder) => {
    writeFileSync(join(folder, 'artifacthub-repo.yml'), stringify({ repositoryID }));
    const config = '/dev/null:application/vnd.cncf.artifacthub.config.v1+yaml';
    const layer = 'artifacthub-repo.yml:application/vnd.cncf.artifacthub.repository-metadata.layer.v1.yaml';
    await repository.oras(['push', `${repository.path}:artifacthub.io`, '--config', config, layer], folder);
  });
}

/** oras takes the path that it is given as the file's name, so it works in a folder with nothing but the file. */
async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'mysql-sts-'));
  try {
    await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
