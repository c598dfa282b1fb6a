/**
 * What Kubernetes would refuse: nothing of it passes. Whatever values files of the project render is taken by the API server's own
 * validation, and each mistake of a list is refused by the schema or a rule, or else the API server has nothing against it.
 */
import { relative } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { PlainValues } from '../../generator/rules/evaluate-rules.ts';
import { template } from '../support/helm.ts';
import { complaintsAbout } from '../support/judge.ts';
import { POD_RULE_CASES } from '../support/pod-rule-cases.ts';
import { SERVICE_RULE_CASES } from '../support/service-rule-cases.ts';
import { ROOT } from '../support/tools.ts';
import { valuesFiles } from '../support/values-files.ts';
import { mistakesIn } from '../support/verdict.ts';

const test = suite('the API server');

function complaints(values: PlainValues, files: readonly string[] = []): readonly string[] {
  const { status, stdout, stderr } = template('helm4', { files, values });
  if (status !== 0) throw new Error(stderr);
  return complaintsAbout(stdout);
}

for (const file of valuesFiles()) {
  test(`takes what ${relative(ROOT, file)} renders`, () => {
    assert.equal(complaints({}, [file]), []);
  });
}

/** What each switch that is off by default adds. */
const SWITCHED_ON: readonly PlainValues[] = [
  { storage: { temporary: { kind: 'volume', volume: { size: '50Gi', storageClassName: 'fast' } } } },
  { storage: { temporary: { node: { sizeLimit: '1Gi' } } } },
  { scheduling: { topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule' }] } },
  { networkPolicy: { clients: 'peers', peers: [{ ipBlock: { cidr: '2001:db8::/32', except: ['2001:db8:1::/48'] } }] } },
  { networkPolicy: { extraPorts: [{ port: 15008 }], extraIngress: [{ ports: [{ port: 9104, protocol: 'TCP' }] }] } },
  {
    services: {
      headless: { labels: { team: 'orders' }, ipFamilyPolicy: 'PreferDualStack' },
      primary: {
        type: 'LoadBalancer',
        nodePort: 30306,
        labels: { team: 'orders' },
        loadBalancerClass: 'service.k8s.aws/nlb',
        loadBalancerIP: '203.0.113.9',
        loadBalancerSourceRanges: ['192.0.2.0/24', '2001:db8::/32'],
        externalTrafficPolicy: 'Local',
        internalTrafficPolicy: 'Local',
        sessionAffinity: 'ClientIP',
        ipFamilyPolicy: 'RequireDualStack',
        ipFamilies: ['IPv6', 'IPv4'],
        externalIPs: ['203.0.113.10'],
      },
      read: { type: 'NodePort' },
    },
  },
];

for (const values of SWITCHED_ON) {
  test(`takes ${JSON.stringify(values)}`, () => {
    assert.equal(complaints(values), []);
  });
}

test('takes what is just not refused', () => {
  for (const [id, { accepted }] of Object.entries({ ...POD_RULE_CASES, ...SERVICE_RULE_CASES })) assert.equal(complaints(accepted), [], id);
});

test('has its say', () => {
  const service = 'apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {selectr: {a: b}, ports: [{port: 0}]}\n';
  assert.match(complaintsAbout(service).join('\n'), /^Service a: .*selectr/m);
});

/** Values that Kubernetes refuses, as people write them. */
const MISTAKES: readonly PlainValues[] = [
  { podDisruptionBudget: { maxUnavailable: '150%' } },
  { resources: { server: { requests: { memory: '4Gi' }, limits: { memory: '1Gi' } } } },
  { resources: { server: { limit: { memory: '1Gi' } } } },
  { storage: { accessModes: ['ReadWriteOnce', 'ReadWriteOncePod'] } },
  { pod: { extraContainers: [{ name: 'mysql', image: 'x' }] } },
  ...['tmp', 'run', 'scripts', 'config', 'initdb', 'passwords', 'certificates', 'api-token', 'data'].map((name) => ({
    pod: { extraVolumes: [{ name, emptyDir: {} }] },
  })),
  { server: { extraVolumeMounts: [{ name: 'nosuch', mountPath: '/x' }] } },
  ...['/tmp', '/var/lib/mysql', '/run/mysql-sts', '/opt/mysql-sts', '/etc/mysql-sts/config'].map((mountPath) => ({
    server: { extraVolumeMounts: [{ name: 'data', mountPath }] },
  })),
  { scheduling: { tolerations: [{ operator: 'Exist' }] } },
  { scheduling: { tolerations: [{ key: 'a', effect: 'NoShedule', operator: 'Exists' }] } },
  { scheduling: { affinity: { nodeAffinty: {} } } },
  { scheduling: { topologySpreadConstraints: [{ maxSkew: 1 }] } },
  { scheduling: { topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'Always' }] } },
  { pod: { securityContext: { runAsUsr: 3 } } },
  { pod: { securityContext: { runAsUser: -5 } } },
  { pod: { extraContainers: [{ image: 'x' }] } },
  { networkPolicy: { clients: 'peers', peers: [{}] } },
  { networkPolicy: { clients: 'peers', peers: [{ podSelecter: {} }] } },
  { networkPolicy: { clients: 'peers', peers: [{ ipBlock: { cidr: '10.0.0.1' } }] } },
  { probes: { liveness: { failureThreshold: 2147483648 } } },
  { server: { extraEnv: [{ name: 'POD_NAME', value: 'x' }] } },
  { server: { extraEnv: [{ name: 'TZ', value: 'UTC' }, { name: 'TZ', value: 'CET' }] } },
];

test('is never asked about values that it would refuse', () => {
  for (const values of MISTAKES) {
    assert.is.not(mistakesIn(values).length, 0, JSON.stringify(values));
    assert.is.not(template('helm4', { values }).status, 0, JSON.stringify(values));
  }
});

test.run();
