/** Where the demonstration runs. */

import { core, ifFound } from '../support/kubernetes.ts';
import { removeNamespace, RESTRICTED } from '../support/namespaces.ts';
import { say } from '../support/progress.ts';
import type { DemoOptions } from './options.ts';

const LABEL = 'mysql-sts.test/demo';

/** Makes sure of the namespace for an engine and a method. A small machine has room for one demonstration at a time. */
export async function demoNamespace({ engine, method }: DemoOptions): Promise<string> {
  const name = `demo-${engine.name.replaceAll('.', '-')}-${method}`;
  const { items } = await core.listNamespace({ labelSelector: LABEL });
  for (const { metadata } of items) {
    if (metadata?.name === undefined || metadata.name === name || metadata.deletionTimestamp !== undefined) continue;
    say(`  Removing the earlier demonstration in namespace ${metadata.name}`);
    await removeNamespace(metadata.name);
  }
  if ((await ifFound(core.readNamespace({ name }))) === undefined) {
    await core.createNamespace({ body: { metadata: { name, labels: { ...RESTRICTED, [LABEL]: '' } } } });
  }
  return name;
}
