/**
 * Publishes the packed chart in an OCI registry, so that `helm install NAME oci://REGISTRY/mysql-sts` works, with a
 * signature and its list of parts. What an earlier run left undone, this one does; what is there is never overwritten.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readChart } from '../generator/compare/read-chart.ts';
import { attachSbom, pushArtifactHub, SBOM_TYPE } from './publish/attach.ts';
import { checkVersion } from './publish/check-version.ts';
import { withCredentials } from './publish/credentials.ts';
import { explainFailure } from './publish/explain-failure.ts';
import { PublishFailure } from './publish/failure.ts';
import { chartParts } from './publish/parts.ts';
import { readOptions, type Options } from './publish/options.ts';
import { ChartRepository, type Published } from './publish/registry.ts';
import { sign, SIGNATURE_TYPE } from './publish/sign.ts';

function say(sentence: string): void {
  process.stdout.write(`${sentence}\n`);
}

async function publish(options: Options, env: NodeJS.ProcessEnv): Promise<void> {
  const chart = await readChart(options.archive);
  const digest = `sha256:${createHash('sha256').update(readFileSync(options.archive)).digest('hex')}`;
  if (!['', `v${chart.version}`].includes(options.tag)) {
    throw new PublishFailure(
      `The tag ${options.tag} is not that of ${chart.version}. Set the version in package.json, run make generate, and tag that.`,
    );
  }
  const repository = new ChartRepository(options, chart.name, env);

  const before = await checkVersion(repository, chart, digest);
  const published = before ?? (await push(repository, options, chart.version));
  if (published.archive !== digest) {
    throw new PublishFailure(
      `${repository.path} has other content than was pushed: ${published.archive}. Another run publishes the same version.`,
    );
  }
  say(`${before === undefined ? 'pushed' : 'there already'}  oci://${repository.path}:${chart.version}  ${published.digest}`);
  await complete(repository, published, { ...options, parts: chartParts(chart) });
}

async function push(repository: ChartRepository, { archive, registry }: Options, version: string): Promise<Published> {
  await repository.helm(['push', archive, `oci://${registry}`]);
  return repository.published(version);
}

/** Adds what belongs to a published chart and is not there yet. */
async function complete(
  repository: ChartRepository,
  { digest, attached }: Published,
  options: Options & { readonly parts: string },
): Promise<void> {
  const { signing, parts, artifactHubId } = options;
  if (signing.kind === 'none') say('not signed  KEY=none');
  else if (attached.some((type) => type.startsWith(SIGNATURE_TYPE))) say('signed already');
  else {
    await sign(repository, digest, signing);
    say('signed');
  }
  if (attached.includes(SBOM_TYPE)) say('list of parts attached already');
  else {
    await attachSbom(repository, digest, parts);
    say('list of parts attached');
  }
  if (artifactHubId === '') say('not told to Artifact Hub  ARTIFACT_HUB_ID is not set');
  else {
    await pushArtifactHub(repository, artifactHubId);
    say('told to Artifact Hub');
  }
}

let registry = 'the registry';
try {
  const options = readOptions(process.argv.slice(2));
  registry = options.registry;
  await withCredentials(registry, (env) => publish(options, env));
} catch (error) {
  const sentence = explainFailure(error, registry);
  if (sentence === undefined) throw error;
  process.stderr.write(`${sentence}\n`);
  process.exitCode = 1;
}
