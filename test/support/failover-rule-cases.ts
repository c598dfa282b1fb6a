import type { RuleCase } from './rule-cases.ts';

/** The cases of schema/failover-rules.ts. */
export const FAILOVER_CASES: Readonly<Record<string, RuleCase>> = {
  'failover-pods': {
    refused: { failover: { mode: 'automatic' }, replicaCount: 2 },
    accepted: { failover: { mode: 'automatic' }, replicaCount: 3 },
    message:
      'replicaCount, failover.mode: Failover needs three pods: with 2 a pod that stops would stop all writes, or nobody could be elected. ' +
      'Set replicaCount to 3 or more, or failover.mode to manual.',
  },
  'failover-mariadb-pods': {
    refused: { engine: 'mariadb-11.8', failover: { mode: 'automatic' }, replicaCount: 5 },
    accepted: { engine: 'mysql-8.4', failover: { mode: 'automatic' }, replicaCount: 5 },
    message:
      'replicaCount, failover.mode, engine: MariaDB waits for one replica at most, so with 5 pods an election could miss a write. ' +
      'Set replicaCount to 3, or failover.mode to manual.',
  },
  'failover-storage': {
    refused: { failover: { mode: 'automatic' }, storage: { kind: 'ephemeral' } },
    accepted: { failover: { mode: 'manual' }, storage: { kind: 'ephemeral' } },
    message:
      'storage.kind, failover.mode: Failover counts on data that outlives its pod, and ephemeral storage does not. ' +
      'Choose another storage.kind, or set failover.mode to manual.',
  },
  'failover-trust': {
    refused: { failover: { mode: 'automatic' }, recovery: { trustEmptyVolume: true } },
    accepted: { failover: { mode: 'manual' }, recovery: { trustEmptyVolume: true } },
    message:
      'recovery.trustEmptyVolume, failover.mode: Failover counts on what the claims say, and recovery.trustEmptyVolume leaves them unread. ' +
      "Give the pods the rights of the chart's Role and remove recovery.trustEmptyVolume, or set failover.mode to manual.",
  },
  'failover-config': {
    refused: { failover: { mode: 'automatic' }, config: { replica: 'innodb_buffer_pool_size = 1G' } },
    accepted: { failover: { mode: 'automatic' }, config: { common: 'innodb_buffer_pool_size = 1G' } },
    message:
      'config.primary, config.replica, failover.mode: With failover each pod may become the primary without a restart, ' +
      'so config.primary and config.replica cannot be read. Put the lines into config.common, or set failover.mode to manual.',
  },
  'failover-lease': {
    refused: { failover: { mode: 'automatic', leaseFor: '5s' } },
    accepted: { failover: { mode: 'automatic', leaseFor: '6s' } },
    message:
      'failover.leaseFor: The primary renews its Lease every two seconds, and 5s leave no room for a slow answer. ' +
      'Set failover.leaseFor to 6s or more.',
  },
};
