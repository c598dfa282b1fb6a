/** talk/kube.sh against a server: every kind of answer, with both of the TLS programs that images have. */

import * as assert from 'uvu/assert';
import type { EngineName } from '../../schema/engines.ts';
import { makeCertificate } from './harness/certificates.ts';
import { island } from './harness/island.ts';
import type { Disturbance } from './harness/kube-api.ts';
import { defaultMethod } from './harness/prepared.ts';
import { project } from './harness/projected.ts';
import { withRelease, type Release } from './harness/release.ts';
import { authority } from './harness/services.ts';
import { startShell, withFunctions } from './harness/shell.ts';
import { table, type Row } from './harness/table.ts';

/** The images that have openssl and socat. */
const PROGRAMS: readonly (readonly [EngineName, string])[] = [
  ['mysql-9.7', 'openssl'],
  ['mariadb-11.8', 'socat'],
];

const CALL = 'kube_api "$METHOD" "$API_PATH" "$BODY" && printf "done " || printf "failed "; printf "%s %s" "$KUBE_STATUS" "$KUBE_BODY"';

async function call(release: Release, method: string, path: string, body = ''): Promise<string> {
  const pod = await release.pod(0);
  if (!pod.has('shell')) startShell(pod);
  const variables = Object.entries({ METHOD: method, API_PATH: path, BODY: body }).map(([name, value]) => `${name}='${value}'`);
  const { output } = await withFunctions(pod, `${variables.join('; ')}\n${CALL}`, { seconds: 25 });
  return output;
}

function claim(release: Release, ordinal = 0): string {
  return `/api/v1/namespaces/${release.name}/persistentvolumeclaims/data-db-${ordinal}`;
}

interface Expectation {
  readonly name: string;
  readonly disturbance?: Disturbance;
  readonly arrange?: (release: Release) => Promise<void> | void;
  readonly answer: RegExp;
}

const GETS: readonly Expectation[] = [
  { name: 'an object is read', answer: /^done 200 \{.*"name":"data-db-0".*\}$/ },
  { name: '401 is told', disturbance: 401, answer: /^failed 401 \{.*"code":401\}$/ },
  { name: '403 is told', disturbance: 403, answer: /^failed 403 / },
  { name: '404 is told', disturbance: 404, answer: /^failed 404 / },
  { name: '500 is told', disturbance: 500, answer: /^failed 500 / },
  { name: 'a cut connection is no answer', disturbance: 'cut', answer: /^failed 000 $/ },
  { name: 'half an answer is no answer', disturbance: 'half', answer: /^failed 000 $/ },
  { name: 'half an answer is no answer, however its length is called', disturbance: 'half, in capitals', answer: /^failed 000 $/ },
  { name: 'half an answer is no answer, although nobody said its length', disturbance: 'half, unsized', answer: /^failed 000 $/ },
  { name: 'half a head is no answer', disturbance: 'half a head', answer: /^failed 000 $/ },
  { name: 'an answer that does not say its length is read', disturbance: 'unsized', answer: /^done 200 \{.*"name":"data-db-0".*\}$/ },
  { name: 'a server that hangs is no answer, after ten seconds', disturbance: 'hang', answer: /^failed 000 $/ },
  { name: 'a server of another authority gets nothing', arrange: distrust, answer: /^failed 000 $/ },
  { name: 'without a token nothing is asked', arrange: dropToken, answer: /^failed 000 $/ },
  { name: 'the token is read anew', arrange: renewToken, answer: /^done 200 / },
];

async function distrust(release: Release): Promise<void> {
  const other = await makeCertificate((await island()).path('other-authority'), ['kubernetes.default.svc']);
  await project((await release.pod(0)).path('token'), { token: release.api.token, 'ca.crt': other['ca.crt'] });
}

async function dropToken(release: Release): Promise<void> {
  await project((await release.pod(0)).path('token'), {});
}

/** The kubelet renews a token while the pod runs. */
async function renewToken(release: Release): Promise<void> {
  const pod = await release.pod(0);
  await project(pod.path('token'), { token: 'outdated', 'ca.crt': (await authority())['ca.crt'] });
  assert.match(await call(release, 'GET', claim(release)), /^failed 401 /);
  await project(pod.path('token'), { token: release.api.token, 'ca.crt': (await authority())['ca.crt'] });
}

function getRow(engine: EngineName, program: string, { name, disturbance = 'none', arrange, answer }: Expectation): Row {
  return {
    name: `${program}: ${name}`,
    run: () =>
      withRelease({ engine, method: defaultMethod(engine) }, async (release) => {
        release.api.disturb = () => disturbance;
        await arrange?.(release);
        const started = Date.now();
        assert.match(await call(release, 'GET', claim(release)), answer);
        assert.ok(Date.now() - started < 15_000, 'the answer came in time');
        // A server that proved nothing must not have seen the token.
        if (arrange === distrust) assert.equal(release.api.calls, []);
      }),
  };
}

function patchRow(engine: EngineName, program: string): Row {
  return {
    name: `${program}: a patch arrives whole, letters beyond ASCII counted right`,
    run: () =>
      withRelease({ engine, method: defaultMethod(engine) }, async (release) => {
        const body = '{"metadata":{"annotations":{"mysql-sts/holds-data":"äöü-€-🐬"}}}';
        assert.match(await call(release, 'PATCH', claim(release), body), /^done 200 /);
        assert.equal(
          release.api.calls.map((one) => one.body),
          [body],
        );
        assert.equal(release.api.claims.get('data-db-0'), { 'mysql-sts/holds-data': 'äöü-€-🐬' });
      }),
  };
}

/** Nothing listens there; a program that did not understand the address would say so. */
function ipv6Row(engine: EngineName, program: string): Row {
  return {
    name: `${program}: an address of IPv6 is understood`,
    run: () =>
      withRelease({ engine, method: defaultMethod(engine) }, async (release) => {
        const pod = await release.pod(0);
        startShell(pod);
        const { output } = await withFunctions(pod, 'KUBERNETES_SERVICE_HOST=::1; tls_client < /dev/null 2>&1 || true');
        assert.match(output, /connection refused/i);
      }),
  };
}

/** The kernel takes no variable of 128 KiB or more in the environment of a program. */
function largeRow(engine: EngineName, program: string): Row {
  return {
    name: `${program}: programs can be started after an answer of 200,000 bytes`,
    run: () =>
      withRelease({ engine, method: defaultMethod(engine) }, async (release) => {
        release.api.claims.set('data-db-0', { note: 'x'.repeat(200_000) });
        const pod = await release.pod(0);
        startShell(pod);
        const code = `kube_api GET "${claim(release)}"; printf '%s %s' "\${#KUBE_BODY}" "$(/bin/echo started)"`;
        const { output } = await withFunctions(pod, code);
        assert.match(output, /^2\d{5} started$/);
      }),
  };
}

const rows = PROGRAMS.flatMap(([engine, program]) => [
  ...GETS.map((expectation) => getRow(engine, program, expectation)),
  patchRow(engine, program),
  ipv6Row(engine, program),
  largeRow(engine, program),
]);

table('kube_api', rows, { parallel: 4 });
