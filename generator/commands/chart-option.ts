import { Option } from 'commander';
import { OWN_CHART } from '../files/package-root.ts';

/** `--chart`, by which a command takes its measures from another chart than the one of this package. */
export function chartOption(purpose = ''): Option {
  return new Option('--chart <chart>', `another edition's folder or archive${purpose}`).default(
    OWN_CHART,
    'the chart that came with this program',
  );
}
