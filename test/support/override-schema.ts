import { readKubernetesApi } from '../../generator/phases/read-kubernetes-api.ts';
import type { OverrideSources } from '../../generator/phases/render-override-schema.ts';
import type { Subject } from '../../generator/rules/evaluate-rules.ts';
import { DEFAULTS } from '../../schema/defaults.ts';
import { ENGINES } from '../../schema/engines.ts';
import { RULES } from '../../schema/rules.ts';
import { SNIPPETS } from '../../schema/snippets.ts';
import { projectModel } from './model.ts';

/** What the rules mean for a value that a file leaves out. */
export const DEFAULT_SUBJECT: Subject = { values: { ...DEFAULTS }, engines: ENGINES };

/** What the project's own override schema is made from. */
export function overrideSources(): OverrideSources {
  const kubernetes = readKubernetesApi();
  return { model: projectModel(), rules: RULES, defaults: DEFAULT_SUBJECT, snippets: SNIPPETS, kubernetes };
}
