import { stringify } from 'yaml';
import { ALERTS, type Alert } from '../../schema/metrics/alerts.ts';
import type { ChartFile } from '../files/chart-file.ts';

/** The alerts as data, for the templates that leave some out and put the release into them. */
export function renderAlerts(): ChartFile {
  const alerts = Object.entries<Alert>(ALERTS).map(([name, { for: lasting, ...alert }]) => {
    return { name, for: lasting, ...alert };
  });
  const heading = '# $RELEASE, $PODS and $NAME are put in by templates/_rules.tpl.\n';
  return { path: 'files/alerts.yaml', source: 'schema/metrics/alerts.ts', text: heading + stringify({ alerts }, { lineWidth: 0 }) };
}
