/** What the runs of this suite have seen each engine do, and by what means: in a file of the project, for the page that shows it. */

import { basename, join } from 'node:path';
import { imageFolder } from '../../cluster/images/cache.ts';
import { OLDER_BUILD, recipesFor, TUTORIAL } from '../../cluster/images/recipes.ts';
import { currentCommit } from '../../support/commit.ts';
import { digestOf } from '../../support/digest.ts';
import { hasFields, PROVENANCE_FIELDS, Records, type Provenance } from '../../support/records.ts';
import { ROOT } from '../../support/tools.ts';
import { ENGINES, type EngineName } from '../../../schema/engines.ts';

/** In the order of the table's columns, each with the module that sees it. */
const MODULES = {
  'install and replicate': 'life.ts',
  'grow with data': 'life.ts',
  'clone anew, logs purged': 'life.ts',
  'lose a pod under a writer': 'life.ts',
  'take a new setting': 'life.ts',
  'upgrade from an older series': 'support/upgrade.ts',
  'take a patch': 'support/upgrade.ts',
  'clients without TLS': 'clients.test.ts',
  'clients with TLS': 'clients.test.ts',
  'the tutorial as an example': 'tutorial.test.ts',
  'move from the tutorial': 'migration.test.ts',
} as const;

export type Capability = keyof typeof MODULES;

/** One cell of the table. */
export interface Seen extends Provenance {
  readonly engine: EngineName;
  readonly capability: Capability;
  /** Whether everything in it was the real thing, or what was not. */
  readonly means: string;
}

export const CAPABILITIES: readonly Capability[] = Object.keys(MODULES).filter(isCapability);

function isCapability(name: string): name is Capability {
  return name in MODULES;
}

const FIELDS = { engine: 'string', capability: 'string', means: 'string', ...PROVENANCE_FIELDS } as const;

/** The file with all that was seen. */
export const seen = new Records<Seen>(join(ROOT, 'docs/engines/results.json'), {
  is: (value): value is Seen => hasFields(value, FIELDS),
  nameOf: ({ engine, capability }) => `${engine}: ${capability}`,
});

/** These print, or say which images there are; and this one keeps what was seen. */
const APART = ['test/e2e/support/autopsy.ts', 'test/cluster/images/recipes.ts', 'test/engines/support/capabilities.ts'];
const CHART = ['chart/templates', 'chart/files', 'chart/values.yaml'];

/** What a capability needs beside the engine's own images. */
function imagesBeside(capability: Capability): readonly string[] {
  if (capability === 'take a patch') return [OLDER_BUILD];
  return capability === 'move from the tutorial' ? [TUTORIAL] : [];
}

/** Names all that decides whether an engine has a capability. */
export function digestFor(engine: EngineName, capability: Capability): string {
  return digestOf({
    modules: [`test/engines/${MODULES[capability]}`],
    apart: APART,
    files: CHART,
    words: recipesFor([engine, ...imagesBeside(capability)]).map((recipe) => basename(imageFolder(recipe).folder)),
  });
}

/** What clones an engine here. */
export function cloneMeans(engine: EngineName): string {
  const row = ENGINES.find(({ name }) => name === engine);
  return row?.cloneMethods[0] === 'xtrabackup' ? 'stand-in' : 'real';
}

/** Gives what notes a capability once its step has passed. */
export function noting(engine: EngineName, capability: Capability, means: string): () => void {
  const [digest, commit] = [digestFor(engine, capability), currentCommit()];
  return () => {
    seen.enter({ engine, capability, means, date: new Date().toISOString().slice(0, 10), commit, digest });
  };
}
