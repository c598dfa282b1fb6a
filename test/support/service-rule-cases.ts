import type { RuleCase } from './rule-cases.ts';

type ServiceName = 'primary' | 'read';

function nodePortCase(service: 'primary' | 'read'): RuleCase {
  return {
    refused: { services: { [service]: { nodePort: 30306 } } },
    accepted: { services: { [service]: { type: 'NodePort', nodePort: 30306 } } },
    message:
      `services.${service}.type, services.${service}.nodePort: A service of type ClusterIP has no port 30306 on the ` +
      'nodes. Set the type to NodePort or LoadBalancer, or remove nodePort.',
  };
}

function balancerCase(service: ServiceName): RuleCase {
  const fields = ['type', 'loadBalancerClass', 'loadBalancerIP', 'loadBalancerSourceRanges'];
  return {
    refused: { services: { [service]: { type: 'NodePort', loadBalancerSourceRanges: ['192.0.2.0/24'] } } },
    accepted: { services: { [service]: { type: 'LoadBalancer', loadBalancerSourceRanges: ['192.0.2.0/24'] } } },
    message:
      `${fields.map((field) => `services.${service}.${field}`).join(', ')}: A service of type NodePort has no load balancer, whose class, ` +
      'address or clients could be chosen. Set the type to LoadBalancer, or remove the other values.',
  };
}

function outsideCase(service: ServiceName): RuleCase {
  return {
    refused: { services: { [service]: { externalTrafficPolicy: 'Local' } } },
    accepted: { services: { [service]: { type: 'NodePort', externalTrafficPolicy: 'Local' } } },
    message:
      `services.${service}.type, services.${service}.externalTrafficPolicy: No connection comes from outside to a service of type ` +
      'ClusterIP, so Local means nothing. Set the type to LoadBalancer or NodePort, or remove externalTrafficPolicy.',
  };
}

function familiesCase(service: ServiceName): RuleCase {
  return {
    refused: { services: { [service]: { ipFamilies: ['IPv6', 'IPv4'] } } },
    accepted: { services: { [service]: { ipFamilies: ['IPv6', 'IPv4'], ipFamilyPolicy: 'PreferDualStack' } } },
    message:
      `services.${service}.ipFamilyPolicy, services.${service}.ipFamilies: A service has two families of addresses only with a policy for ` +
      'both. Set ipFamilyPolicy to PreferDualStack or RequireDualStack, or name one family.',
  };
}

const casesOf = (service: ServiceName): Readonly<Record<string, RuleCase>> => ({
  [`${service}-node-port-type`]: nodePortCase(service),
  [`${service}-balancer-type`]: balancerCase(service),
  [`${service}-external-traffic-type`]: outsideCase(service),
  [`${service}-families-policy`]: familiesCase(service),
});

export const SERVICE_RULE_CASES: Readonly<Record<string, RuleCase>> = { ...casesOf('primary'), ...casesOf('read') };
