/** What all releases share: the stand-in for the API server, and the authority that vouches for it. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { makeCertificate, type Certificate } from './certificates.ts';
import { ISLAND_ADDRESS, ISLAND_ROOT, island } from './island.ts';
import { makeKubeApi, type KubeApi } from './kube-api.ts';

const SOCKET = 'api.sock';
const TSX = import.meta.resolve('tsx');

let certificate: Promise<Certificate> | undefined;
let api: Promise<KubeApi> | undefined;

/** The API server's certificate and its authority. */
export function authority(): Promise<Certificate> {
  certificate ??= island().then((machine) => makeCertificate(machine.path('api-certificates'), ['kubernetes.default.svc', 'kubernetes']));
  return certificate;
}

/** The stand-in for the API server, reachable from every pod. */
export function kubeApi(): Promise<KubeApi> {
  api ??= startApi();
  return api;
}

async function startApi(): Promise<KubeApi> {
  const machine = await island();
  const result = makeKubeApi(await authority());
  result.server.listen(machine.path(SOCKET));
  await once(result.server, 'listening');
  const [enter, ...prefix] = machine.prefix;
  const relay = [
    process.execPath,
    '--import',
    TSX,
    join(import.meta.dirname, 'relay.ts'),
    ISLAND_ADDRESS,
    '443',
    join(ISLAND_ROOT, SOCKET),
  ];
  const child = spawn(enter, [...prefix, ...relay], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  child.unref();
  child.stdout.destroy();
  return result;
}
