/** The Secret that a release needs where the old file had passwords in it, or an old Secret that lacks some. */
import { DEFAULTS } from '../../schema/defaults.ts';
import type { SecretKeys } from '../../schema/values/accounts.ts';
import type { Placement } from './placement.ts';
import type { SecretToMake } from './report.ts';
import type { Translation } from './translate.ts';

const ACCOUNTS = ['root', 'replication', 'clone', 'monitor', 'app'] as const satisfies readonly (keyof SecretKeys)[];

/** Names the Secret, in the values as well. Undefined where the chart makes one with random passwords. */
export function secretToMake({ placement, secrets }: Translation): SecretToMake | undefined {
  const inFile = new Map(secrets.map(({ row, from }) => [row.secret, from]));
  const existing = placement.get('auth.existingSecret')?.value;
  const exists = typeof existing === 'string';
  if (!exists && !ACCOUNTS.some((account) => inFile.has(account))) return undefined;
  const name = exists ? existing : `${prefix(placement)}-passwords`;
  if (!exists) placement.set('auth.existingSecret', name);
  const keys = ACCOUNTS.filter((account) => account !== 'app' || placement.get('auth.username')?.value !== '').map((account) => {
    const set = placement.get(`auth.secretKeys.${account}`)?.value;
    const isOld = exists ? typeof set === 'string' : inFile.has(account);
    return {
      key: typeof set === 'string' ? set : DEFAULTS.auth.secretKeys[account],
      holds: holds(account, inFile.get(account), isOld),
      isOld,
    };
  });
  return { name, exists, keys };
}

function prefix(placement: Placement): string {
  const name = placement.get('fullnameOverride')?.value ?? placement.get('nameOverride')?.value;
  return typeof name === 'string' && name !== '' ? name : 'mysql';
}

function holds(account: keyof SecretKeys, from: string | undefined, isOld: boolean): string {
  if (from !== undefined) return `the password of ${from}`;
  return isOld ? `the password of ${account}, as before` : `a new password for ${account}`;
}
