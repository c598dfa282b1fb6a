/**
 * Rules between values. What a single value may be is said in its type; what values may be together is said here, with
 * the sentence that a person should read when a rule is broken and the way out.
 */
import { BACKUP_RULES } from './backup-rules.ts';
import {
  ENGINE_METHODS,
  all,
  any,
  is,
  isEmpty,
  isLess,
  isOfSeries,
  isOffered,
  isSet,
  isShorter,
  matches,
  not,
  say,
  series,
  value,
  type Sentence,
  type ValuesPath,
} from './conditions.ts';
import type { ExporterName } from './exporters.ts';
import { FAILOVER_RULES } from './failover-rules.ts';
import { METRICS_RULES } from './metrics-rules.ts';
import { POD_RULES } from './pod-rules.ts';
import { RESERVED_NAMES } from './reserved-names.ts';
import type { Rule } from './rule.ts';
import { SERVICE_RULES } from './service-rules.ts';
import { STORAGE_RULES } from './storage-rules.ts';

/** A tag with all three numbers of a release in it, such as 8.4.11 or v9.7.2-mirror. */
const FULL_VERSION = '[0-9]+\\.[0-9]+\\.[0-9]+';

function exactTag(image: 'server' | 'clone' | ExporterName): Rule {
  const tag: ValuesPath = `images.${image}.tag`;
  const digest: ValuesPath = `images.${image}.digest`;
  return {
    id: `${image}-tag-exact`,
    paths: [tag, digest],
    brokenWhen: all(isSet(tag), isEmpty(digest), not(matches(tag, FULL_VERSION))),
    sentence: say`${value(tag)} is not a full version, so nodes may run different ones.`,
    cure: say`Name all three numbers of a version, or set the image's digest.`,
  };
}

/** A digest has the last word, so a tag beside it is not checked; the pods compare the real versions in any case. */
function tagOfSeries(image: 'server' | 'clone', needs: Sentence, others: readonly ValuesPath[]): Rule {
  const tag: ValuesPath = `images.${image}.tag`;
  return {
    id: `${image}-tag-series`,
    paths: [tag, ...others],
    brokenWhen: all(isEmpty(`images.${image}.digest`), matches(tag, FULL_VERSION), not(isOfSeries(tag, image))),
    sentence: [...say`${value(tag)} is not of the series ${series(image)}, `, ...needs],
    cure: say`Name a version of that series, or leave the tag empty for the one that was tested.`,
  };
}

const cloneMethodOffered: Rule = {
  id: 'clone-method-offered',
  paths: ['clone.method', 'engine'],
  brokenWhen: not(any(is('clone.method', 'auto'), isOffered('clone.method'))),
  sentence: say`${value('engine')} cannot be cloned by ${value('clone.method')}.`,
  cure: say`Use auto, or what this engine has: ${ENGINE_METHODS}.`,
};

const partition: Rule = {
  id: 'partition-reachable',
  paths: ['update.partition', 'replicaCount'],
  brokenWhen: isLess('replicaCount', 'update.partition'),
  sentence: say`No pod has the ordinal ${value('update.partition')} or a higher one while there are ${value('replicaCount')} pods.`,
  cure: say`Use a partition from 0 to replicaCount.`,
};

const partitionStrategy: Rule = {
  id: 'partition-strategy',
  paths: ['update.partition', 'update.strategy'],
  brokenWhen: all(is('update.strategy', 'OnDelete'), isSet('update.partition')),
  sentence: say`With the strategy OnDelete, Kubernetes ignores the partition ${value('update.partition')}.`,
  cure: say`Set the partition to 0, or the strategy to RollingUpdate.`,
};

const tlsSecretNamed: Rule = {
  id: 'tls-secret-named',
  paths: ['tls.secretName', 'tls.mode'],
  brokenWhen: all(is('tls.mode', 'secret'), isEmpty('tls.secretName')),
  sentence: say`The TLS mode secret needs a Secret with ca.crt, tls.crt and tls.key.`,
  cure: say`Name it, or set tls.mode to generated.`,
};

const tlsSecretUsed: Rule = {
  id: 'tls-secret-used',
  paths: ['tls.mode', 'tls.secretName'],
  brokenWhen: all(not(is('tls.mode', 'secret')), isSet('tls.secretName')),
  sentence: say`The Secret ${value('tls.secretName')} is not read in the TLS mode ${value('tls.mode')}.`,
  cure: say`Set tls.mode to secret, or remove the name.`,
};

const issuerUsed: Rule = {
  id: 'issuer-used',
  paths: ['tls.mode', 'tls.certManager.issuer.name'],
  brokenWhen: all(not(is('tls.mode', 'certManager')), isSet('tls.certManager.issuer.name')),
  sentence: say`The issuer ${value('tls.certManager.issuer.name')} signs nothing in the TLS mode ${value('tls.mode')}.`,
  cure: say`Set tls.mode to certManager, or remove the issuer's name.`,
};

const certificateRenewed: Rule = {
  id: 'certificate-renewed',
  paths: ['tls.certManager.renewBefore', 'tls.certManager.duration'],
  brokenWhen: all(is('tls.mode', 'certManager'), not(isShorter('tls.certManager.renewBefore', 'tls.certManager.duration'))),
  sentence: say`A certificate that is good for ${value('tls.certManager.duration')} cannot be renewed ${value('tls.certManager.renewBefore')} before its end.`,
  cure: say`Make tls.certManager.renewBefore shorter than the duration.`,
};

const peersNamed: Rule = {
  id: 'peers-named',
  paths: ['networkPolicy.peers', 'networkPolicy.clients'],
  brokenWhen: all(is('networkPolicy.clients', 'peers'), isEmpty('networkPolicy.peers')),
  sentence: say`Port 3306 would be closed to all clients: networkPolicy.peers lists nobody.`,
  cure: say`List those who may connect, or set networkPolicy.clients to everybody.`,
};

const peersUsed: Rule = {
  id: 'peers-used',
  paths: ['networkPolicy.clients', 'networkPolicy.peers'],
  brokenWhen: all(is('networkPolicy.clients', 'everybody'), isSet('networkPolicy.peers')),
  sentence: say`The peers keep nobody out while port 3306 is open to everybody.`,
  cure: say`Set networkPolicy.clients to peers, or empty the list.`,
};

/** In the order in which broken ones are listed. */
export const RULES: readonly Rule[] = [
  cloneMethodOffered,
  exactTag('server'),
  exactTag('clone'),
  exactTag('mysqldExporter'),
  exactTag('nodeExporter'),
  tagOfSeries('server', say`which ${value('engine')} is.`, ['engine']),
  tagOfSeries('clone', say`whose tool copies ${value('engine')}.`, ['clone.method', 'engine']),
  ...STORAGE_RULES,
  ...FAILOVER_RULES,
  ...BACKUP_RULES,
  partition,
  partitionStrategy,
  tlsSecretNamed,
  tlsSecretUsed,
  issuerUsed,
  certificateRenewed,
  peersNamed,
  peersUsed,
  ...METRICS_RULES,
  ...RESERVED_NAMES,
  ...POD_RULES,
  ...SERVICE_RULES,
];
