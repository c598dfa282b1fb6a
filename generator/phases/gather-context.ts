import { prerelease } from 'semver';
import type { Engine, EngineImage } from '../../schema/engines.ts';
import { EXPORTERS } from '../../schema/exporters.ts';
import type { PlainValues } from '../rules/evaluate-rules.ts';
import type { ReleaseChange } from './read-changes.ts';
import type { Listing } from './read-listing.ts';

/** What every template may use beside the values. */
export interface TemplateContext {
  /** Name of the chart. */
  readonly name: string;
  /** Version of the chart. */
  readonly version: string;
  readonly engines: readonly Engine[];
  /** The row that an installation without values gets. */
  readonly defaultEngine: Engine;
  /** Every image that some engine uses, and those of the exporters, each once. */
  readonly images: readonly NamedImage[];
  /** The images of the exporters. */
  readonly exporters: typeof EXPORTERS;
  /** What is new in this version; descriptions are quoted for YAML. */
  readonly changes: readonly ReleaseChange[];
  /** Where the project is at home. */
  readonly listing: Listing;
  /** Whether some change closes a hole. */
  readonly isSecurityRelease: boolean;
  /** Whether the version is a trial of one to come. */
  readonly isPrerelease: boolean;
  /** The README's tables of values. */
  readonly valuesTable: string;
}

interface NamedImage {
  readonly name: string;
  readonly image: string;
}

/** Gathers the context of all templates. */
export function templateContext(
  chart: Pick<TemplateContext, 'name' | 'version' | 'changes' | 'listing' | 'valuesTable'>,
  engines: readonly Engine[],
  defaults: PlainValues,
): TemplateContext {
  const name = String(defaults['engine']);
  const defaultEngine = engines.find((engine) => engine.name === name);
  if (defaultEngine === undefined) throw new TypeError(`The engine table has no row ${name}.`);
  return {
    ...chart,
    changes: chart.changes.map(({ kind, description }) => ({ kind, description: JSON.stringify(description) })),
    isSecurityRelease: chart.changes.some(({ kind }) => kind === 'security'),
    isPrerelease: prerelease(chart.version) !== null,
    engines,
    defaultEngine,
    images: allImages(engines),
    exporters: EXPORTERS,
  };
}

function allImages(engines: readonly Engine[]): readonly NamedImage[] {
  const images = engines.flatMap((engine) => [
    namedImage(engine, 'server', engine.serverImage),
    ...Object.entries(engine.cloneImages).map(([method, image]) => namedImage(engine, method, image)),
  ]);
  const exporters = Object.values(EXPORTERS).map(({ repository, tag }) => {
    return { name: repository.replace('prom/', ''), image: `docker.io/${repository}:${tag}` };
  });
  const engineImages = images.filter(({ image }, index) => images.findIndex((other) => other.image === image) === index);
  return [...engineImages, ...exporters];
}

function namedImage(engine: Engine, role: string, { repository, tag }: EngineImage): NamedImage {
  return { name: `${engine.name}-${role}`, image: `docker.io/${repository}:${tag}` };
}
