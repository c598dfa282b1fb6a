/** Rules about a primary that moves: what the pods could not keep their promise with. */
import { all, any, is, isBelow, isSet, matches, not, say, value } from './conditions.ts';
import type { Rule } from './rule.ts';

const AUTOMATIC = is('failover.mode', 'automatic');

const failoverPods: Rule = {
  id: 'failover-pods',
  paths: ['replicaCount', 'failover.mode'],
  brokenWhen: all(AUTOMATIC, isBelow('replicaCount', 3)),
  sentence: say`Failover needs three pods: with ${value('replicaCount')} a pod that stops would stop all writes, or nobody could be elected.`,
  cure: say`Set replicaCount to 3 or more, or failover.mode to manual.`,
};

/** MariaDB's semi-synchronous replication waits for one replica, whatever the number of pods. */
const failoverMariadbPods: Rule = {
  id: 'failover-mariadb-pods',
  paths: ['replicaCount', 'failover.mode', 'engine'],
  brokenWhen: all(AUTOMATIC, matches('engine', '^mariadb-'), not(isBelow('replicaCount', 4))),
  sentence: say`MariaDB waits for one replica at most, so with ${value('replicaCount')} pods an election could miss a write.`,
  cure: say`Set replicaCount to 3, or failover.mode to manual.`,
};

const failoverStorage: Rule = {
  id: 'failover-storage',
  paths: ['storage.kind', 'failover.mode'],
  brokenWhen: all(AUTOMATIC, is('storage.kind', 'ephemeral')),
  sentence: say`Failover counts on data that outlives its pod, and ephemeral storage does not.`,
  cure: say`Choose another storage.kind, or set failover.mode to manual.`,
};

const failoverTrust: Rule = {
  id: 'failover-trust',
  paths: ['recovery.trustEmptyVolume', 'failover.mode'],
  brokenWhen: all(AUTOMATIC, isSet('recovery.trustEmptyVolume')),
  sentence: say`Failover counts on what the claims say, and recovery.trustEmptyVolume leaves them unread.`,
  cure: say`Give the pods the rights of the chart's Role and remove recovery.trustEmptyVolume, or set failover.mode to manual.`,
};

const failoverConfig: Rule = {
  id: 'failover-config',
  paths: ['config.primary', 'config.replica', 'failover.mode'],
  brokenWhen: all(AUTOMATIC, any(isSet('config.primary'), isSet('config.replica'))),
  sentence: say`With failover each pod may become the primary without a restart, so config.primary and config.replica cannot be read.`,
  cure: say`Put the lines into config.common, or set failover.mode to manual.`,
};

const leaseLongEnough: Rule = {
  id: 'failover-lease',
  paths: ['failover.leaseFor'],
  brokenWhen: all(AUTOMATIC, matches('failover.leaseFor', '^[1-5]s$')),
  sentence: say`The primary renews its Lease every two seconds, and ${value('failover.leaseFor')} leave no room for a slow answer.`,
  cure: say`Set failover.leaseFor to 6s or more.`,
};

export const FAILOVER_RULES: readonly Rule[] = [
  failoverPods,
  failoverMariadbPods,
  failoverStorage,
  failoverTrust,
  failoverConfig,
  leaseLongEnough,
];
