import type { Engine, EngineImage } from '../schema/engines.ts';
import type { PlainValues } from './evaluate-rules.ts';

/** What every template may use beside the values. */
export interface TemplateContext {
  /** Name of the chart. */
  readonly name: string;
  /** Version of the chart. */
  readonly version: string;
  readonly engines: readonly Engine[];
  /** The row that an installation without values gets. */
  readonly defaultEngine: Engine;
  /** Every image that some engine uses, each once. */
  readonly images: readonly NamedImage[];
  /** The README's tables of values. */
  readonly valuesTable: string;
}

interface NamedImage {
  readonly name: string;
  readonly image: string;
}

/** Gathers the context of all templates. */
export function templateContext(
  chart: Pick<TemplateContext, 'name' | 'version' | 'valuesTable'>,
  engines: readonly Engine[],
  defaults: PlainValues,
): TemplateContext {
  const name = String(defaults['engine']);
  const defaultEngine = engines.find((engine) => engine.name === name);
  if (defaultEngine === undefined) throw new TypeError(`The engine table has no row ${name}.`);
  return { ...chart, engines, defaultEngine, images: allImages(engines) };
}

function allImages(engines: readonly Engine[]): readonly NamedImage[] {
  const images = engines.flatMap((engine) => [
    namedImage(engine, 'server', engine.serverImage),
    ...Object.entries(engine.cloneImages).map(([method, image]) => namedImage(engine, method, image)),
  ]);
  return images.filter(({ image }, index) => images.findIndex((other) => other.image === image) === index);
}

function namedImage(engine: Engine, role: string, { repository, tag }: EngineImage): NamedImage {
  return { name: `${engine.name}-${role}`, image: `docker.io/${repository}:${tag}` };
}
