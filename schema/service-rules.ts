/** Rules between the fields of a service, as Kubernetes has them. */
import { all, any, is, isEmpty, isSet, itemMatches, not, say, value, type ValuesPath } from './conditions.ts';
import type { Rule } from './rule.ts';

type ServiceName = 'primary' | 'read';

function nodePortNeedsType(service: ServiceName): Rule {
  const type: ValuesPath = `services.${service}.type`;
  const nodePort: ValuesPath = `services.${service}.nodePort`;
  return {
    id: `${service}-node-port-type`,
    paths: [type, nodePort],
    brokenWhen: all(is(type, 'ClusterIP'), isSet(nodePort)),
    sentence: say`A service of type ClusterIP has no port ${value(nodePort)} on the nodes.`,
    cure: say`Set the type to NodePort or LoadBalancer, or remove nodePort.`,
  };
}

function balancerNeedsType(service: ServiceName): Rule {
  const type: ValuesPath = `services.${service}.type`;
  const fields: readonly ValuesPath[] = [
    `services.${service}.loadBalancerClass`,
    `services.${service}.loadBalancerIP`,
    `services.${service}.loadBalancerSourceRanges`,
  ];
  return {
    id: `${service}-balancer-type`,
    paths: [type, ...fields],
    brokenWhen: all(not(is(type, 'LoadBalancer')), any(...fields.map(isSet))),
    sentence: say`A service of type ${value(type)} has no load balancer, whose class, address or clients could be chosen.`,
    cure: say`Set the type to LoadBalancer, or remove the other values.`,
  };
}

function outsideNeedsType(service: ServiceName): Rule {
  const type: ValuesPath = `services.${service}.type`;
  const policy: ValuesPath = `services.${service}.externalTrafficPolicy`;
  const addresses: ValuesPath = `services.${service}.externalIPs`;
  return {
    id: `${service}-external-traffic-type`,
    paths: [type, policy],
    brokenWhen: all(is(type, 'ClusterIP'), is(policy, 'Local'), isEmpty(addresses)),
    sentence: say`No connection comes from outside to a service of type ClusterIP, so ${value(policy)} means nothing.`,
    cure: say`Set the type to LoadBalancer or NodePort, or remove externalTrafficPolicy.`,
  };
}

function familiesNeedPolicy(service: ServiceName): Rule {
  const families: ValuesPath = `services.${service}.ipFamilies`;
  const policy: ValuesPath = `services.${service}.ipFamilyPolicy`;
  return {
    id: `${service}-families-policy`,
    paths: [policy, families],
    brokenWhen: all(itemMatches(families, '', '^IPv4$'), itemMatches(families, '', '^IPv6$'), is(policy, 'SingleStack')),
    sentence: say`A service has two families of addresses only with a policy for both.`,
    cure: say`Set ipFamilyPolicy to PreferDualStack or RequireDualStack, or name one family.`,
  };
}

const rulesOf = (service: ServiceName): readonly Rule[] => [
  nodePortNeedsType(service),
  balancerNeedsType(service),
  outsideNeedsType(service),
  familiesNeedPolicy(service),
];

export const SERVICE_RULES: readonly Rule[] = [...rulesOf('primary'), ...rulesOf('read')];
