import { stringify } from 'yaml';
import type { Engine } from '../../schema/engines.ts';
import type { ChartFile } from '../files/chart-file.ts';
import { renderTemplate } from '../language/template-language.ts';
import { engineFacts } from '../rules/contract.ts';
import type { Template } from './read-templates.ts';

const SOURCE = 'schema/engines.ts';

/** What templates and scripts know of the engines: a table for the former, a script of words for the latter. */
export function renderEngines(engines: readonly Engine[], script: Template): readonly ChartFile[] {
  const scripts = engines.map((engine): ChartFile => {
    const path = script.path.replace('.sh', `-${engine.name}.sh`);
    return { path, source: SOURCE, text: renderTemplate(script, engine) };
  });
  return [{ path: 'templates/_engines.tpl', source: SOURCE, text: engineTable(engines) }, ...scripts];
}

function engineTable(engines: readonly Engine[]): string {
  const rows = Object.fromEntries(engines.map((engine) => [engine.name, engineFacts(engine)]));
  return [
    '{{/* The engine table, as YAML. The first of the methods is the one that `clone.method: auto` means. */}}',
    '{{- define "mysql-sts.engines" -}}',
    stringify(rows, { aliasDuplicateObjects: false }).trimEnd(),
    '{{- end }}',
    '',
  ].join('\n');
}
