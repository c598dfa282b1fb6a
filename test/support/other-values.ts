import { isObject } from '../../generator/model/json-schema.ts';
import type { Leaf } from '../../generator/model/model.ts';

/** Texts, lists and maps of which each value takes some: the schema says which. */
const POOL: readonly unknown[] = [
  ...['probe', 'probe.example.com', '/probe', '11s', '77Gi', '8.4.99', 'library/probe', `sha256:${'7'.repeat(64)}`, 'pod-%d'],
  ...['[mysqld]\nmax_connections = 77\n', '77%'],
  ...['https://probe.example.com', '7M', '7 7 * * *', 'PROBE', 'AES256', '20261128T031700Z-0a1b2c', '7'.repeat(32), '7.7.7'],
  ...[
    ['probe'],
    ['ReadWriteMany'],
    [{ name: 'probe' }],
    [{ key: 'probe' }],
    [{ name: 'probe', value: 'probe' }],
    [{ ipBlock: { cidr: '10.7.0.0/16' } }],
    'Probe',
    ['probe=7'],
  ],
  ...[
    [{ name: 'data', mountPath: '/probe' }],
    [{ maxSkew: 7, topologyKey: 'probe', whenUnsatisfiable: 'ScheduleAnyway' }],
    { nodeAffinity: { probe: [] } },
    { requests: { cpu: '77m' } },
    { runAsUser: 77 },
    [{ port: 7777 }],
    [{ ports: [{ port: 7777 }] }],
    ['10.7.0.0/16'],
    ['10.7.0.7'],
    ['IPv6'],
  ],
  ...[{ 'example.com/probe': 'probe' }, { probe: 'probe' }, { 'probe.sql': 'SELECT 77;\n' }, { 'probe.sql.gz': 'cHJvYmU=' }],
];

/** Values of a leaf's type other than the given one. Not all are valid: whoever uses them asks the schema. */
export function otherValues({ schema }: Leaf, value: unknown): readonly unknown[] {
  const near = typeof value === 'number' ? [value + 1, value - 1] : typeof value === 'boolean' ? [!value] : [];
  const named = [...(schema.examples ?? []), ...(schema.enum ?? []), schema.minimum, schema.maximum];
  const candidates = [...named.filter((candidate) => candidate !== undefined), ...near, ...POOL];
  return candidates.filter((candidate) => JSON.stringify(candidate) !== JSON.stringify(value) && !isEmptyMap(candidate));
}

function isEmptyMap(value: unknown): boolean {
  return isObject(value) && Object.keys(value).length === 0;
}
