/** Amounts as Kubernetes writes them. */
import { isObject } from '../model/json-schema.ts';

const UNITS: Readonly<Record<string, number>> = { '': 1, m: 1e-3, k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15, E: 1e18 };
const BINARY = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

/** An amount as a number; undefined for what is none. */
export function amount(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  const match = typeof value === 'string' ? /^([0-9]*\.?[0-9]+)(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$/.exec(value) : null;
  if (match === null) return undefined;
  const [, digits = '', unit = ''] = match;
  const power = BINARY.indexOf(unit);
  return Number(digits) * (power >= 0 ? 1024 ** (power + 1) : (UNITS[unit] ?? 1));
}

/** The larger of two amounts; of two maps, the larger of each amount. What has no limit is larger than what has one. */
export function larger(left: unknown, right: unknown, areLimits = false): unknown {
  if (!isObject(left) || !isObject(right)) return (amount(right) ?? 0) > (amount(left) ?? 0) ? right : left;
  const keys = [...new Set([...Object.keys(left), ...Object.keys(right)])].filter((key) => !areLimits || (key in left && key in right));
  const entries = keys.map((key): [string, unknown] => {
    if (key === 'limits') return [key, larger(left[key] ?? {}, right[key] ?? {}, true)];
    return [key, key in left && key in right ? larger(left[key], right[key], areLimits) : (left[key] ?? right[key])];
  });
  return Object.fromEntries(entries.filter(([key, value]) => key !== 'limits' || !isObject(value) || Object.keys(value).length > 0));
}
