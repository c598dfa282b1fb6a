import type { Engine } from '../../schema/engines.ts';
import type { Schema } from '../model/json-schema.ts';

const ENGINE_NAME = 'EngineName';

/** Explains the words of the value `engine` from the engine table, so that nobody says them twice. */
export function describeEngines(compiled: Schema, engines: readonly Engine[]): Schema {
  const name = compiled.definitions?.[ENGINE_NAME];
  if (name === undefined) return compiled;
  const choices = engines.map((engine) => `${engine.name}: ${meaning(engine)}`).join('\n');
  return { ...compiled, definitions: { ...compiled.definitions, [ENGINE_NAME]: { ...name, choices } } };
}

function meaning({ serverImage, cloneMethods, endOfLife }: Engine): string {
  const image = `${serverImage.repository}:${serverImage.tag}`;
  return `${image}; cloned by ${cloneMethods.join(' or ')}; supported until ${endOfLife}`;
}
