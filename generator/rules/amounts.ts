import { isObject } from '../model/json-schema.ts';
import { valueAt } from '../model/model.ts';

/** What Kubernetes' units of amounts stand for. */
const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  m: 0.001,
  ...Object.fromEntries(['k', 'M', 'G', 'T', 'P', 'E'].map((unit, index) => [unit, 1000 ** (index + 1)])),
  ...Object.fromEntries(['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'].map((unit, index) => [unit, 1024 ** (index + 1)])),
};

/** An amount such as 250m or 2Gi as a number. What is none is not more than anything; the schema refuses it. */
export function amountOf(quantity: unknown): number {
  const [, number = '', unit = ''] = /^([0-9]+(?:\.[0-9]+)?)([a-zA-Z]*)$/.exec(String(quantity)) ?? [];
  return Number(number === '' ? Number.NaN : number) * (UNITS[unit] ?? Number.NaN);
}

/** Whether a container's resources request more of something than they allow. */
export function exceedsLimit(resources: unknown): boolean {
  const requests = valueAt(resources, 'requests');
  const limits = valueAt(resources, 'limits');
  if (!isObject(requests) || !isObject(limits)) return false;
  return Object.entries(requests).some(([name, amount]) => amountOf(amount) > amountOf(limits[name]));
}
