/** What somebody can do who shares no more than the cluster with the release. */

import { core, kubectl } from '../../e2e/support/kubernetes.ts';
import { makeNamespace, removeNamespace } from '../../e2e/support/namespaces.ts';
import { stateOf } from '../../e2e/support/pods.ts';
import { waitFor } from '../../e2e/support/progress.ts';
import type { Course } from '../support/course.ts';
import { Harm, type Fault } from '../support/fault.ts';

const DEADLINE = 120;
const DONOR = 1;
const MEBIBYTE = 2 ** 20;

/** Prints how many bytes come without TLS, and with TLS but no certificate. An image has one of the two programs, or none. */
const TAKE = `
  count() { wc --bytes; }
  plain=$( (exec 3<> "/dev/tcp/$0/3307" && timeout 20 cat <&3) 2> /dev/null | count)
  if command -v openssl > /dev/null; then
    secret=$(timeout 20 openssl s_client -quiet -connect "$0:3307" < /dev/null 2> /dev/null | count)
  elif command -v socat > /dev/null; then
    secret=$(timeout 20 socat -u "OPENSSL:$0:3307,verify=0" - 2> /dev/null | count)
  else
    secret=0
  fi
  echo "$plain $secret"`;

/** A pod of another namespace asks for a clone, with nothing to show for itself. */
async function takeClone(course: Course): Promise<void> {
  const donor = await course.pod(DONOR);
  const image = donor.spec?.containers.find(({ name }) => name === 'mysql')?.image ?? '';
  const namespace = await makeNamespace('stranger');
  try {
    const output = await runPod(namespace, image, ['bash', '-c', TAKE, donor.status?.podIP ?? '']);
    const [plain = NaN, secret = NaN] = output.trim().split(' ').map(Number);
    if (plain + secret !== 0) {
      throw new Harm(
        `a pod of another namespace got ${(plain / MEBIBYTE).toFixed(1)} MiB from port 3307 without TLS and ${(secret / MEBIBYTE).toFixed(1)} MiB with it, and showed no certificate`,
      );
    }
  } finally {
    await removeNamespace(namespace);
  }
  course.struck();
}

/** Runs one command in a pod of its own and gives what it printed. */
async function runPod(namespace: string, image: string, command: readonly string[]): Promise<string> {
  const name = 'stranger';
  const container = {
    name,
    image,
    command: [...command],
    securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
  };
  const securityContext = { runAsNonRoot: true, runAsUser: 999, runAsGroup: 999, seccompProfile: { type: 'RuntimeDefault' } };
  const spec = { restartPolicy: 'Never', automountServiceAccountToken: false, securityContext, containers: [container] };
  await core.createNamespacedPod({ namespace, body: { metadata: { name }, spec } });
  await waitFor({
    what: 'the stranger to end',
    deadline: DEADLINE,
    look: async () => {
      const pod = await core.readNamespacedPod({ namespace, name });
      return pod.status?.phase === 'Succeeded' ? { done: true, value: undefined } : { done: false, state: stateOf(pod) };
    },
  });
  return kubectl(namespace, ['logs', name]);
}

/** Faults by strangers. */
export const STRANGER_FAULTS: readonly Fault[] = [
  { name: 'a pod of another namespace asks port 3307 for a clone, and shows no certificate', strike: takeClone },
];
