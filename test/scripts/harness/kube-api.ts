/**
 * A stand-in for the Kubernetes API server: HTTPS, a token, claims and pods of a namespace, PATCH as merge of annotations and
 * labels. What it answers can be changed while it runs, and it remembers what it was asked.
 */

import { createServer, type Server } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Certificate } from './certificates.ts';

/** What a test has the server do in place of its work, or with its answer: send it without a length, or only the beginning of it. */
export type Disturbance = 'none' | 'hang' | 'cut' | 401 | 403 | 404 | 500 | Sending;
type Sending = 'unsized' | 'half' | 'half, in capitals' | 'half, unsized' | 'half a head';

/** One request, as the server saw it. */
export interface Call {
  readonly method: string;
  readonly path: string;
  readonly body: string;
}

/** The objects of one namespace. */
export class Namespace {
  readonly calls: Call[] = [];
  /** Annotations of each claim that exists. */
  readonly claims = new Map<string, Record<string, string>>();
  /** Labels of each pod that exists. */
  readonly pods = new Map<string, Record<string, string>>();
  /** The data of each ConfigMap that somebody patched. */
  readonly configMaps = new Map<string, unknown>();
  /** The last reason of each condition of a pod, as "pod type". */
  readonly conditions = new Map<string, string>();
  /** What the conditions say, in a sentence. */
  readonly messages = new Map<string, string>();
  /** The number of ordinals that the Role names, as the chart's does for a few pods: claims and pods beyond are forbidden. */
  ordinals = 16;
  /** What happens to a request in place of an answer. */
  disturb: (call: Call) => Disturbance = () => 'none';
  readonly token: string;

  constructor(token: string) {
    this.token = token;
  }

  /** The claims that somebody tried to annotate. */
  get testimonies(): readonly string[] {
    return this.paths('PATCH').filter((path) => path.includes('/persistentvolumeclaims/'));
  }

  /** The calls of one method, as "METHOD path". */
  paths(method: string): readonly string[] {
    return this.calls.filter((call) => call.method === method).map((call) => call.path);
  }
}

interface Answer {
  readonly status: number;
  readonly body: object;
}

/** The server, and the namespaces by their names. */
export interface KubeApi {
  readonly namespaces: Map<string, Namespace>;
  readonly server: Server;
}

/** Makes the server; it does not listen yet. */
export function makeKubeApi(certificate: Certificate): KubeApi {
  const namespaces = new Map<string, Namespace>();
  const server = createServer({ key: certificate['tls.key'], cert: certificate['tls.crt'] }, (request, response) => {
    serve(namespaces, request, response).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : undefined);
    });
  });
  // Neither the server nor an answer that never comes keeps the tests from ending.
  server.unref().on('connection', (socket: Socket) => socket.unref());
  return { namespaces, server };
}

async function serve(namespaces: KubeApi['namespaces'], request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = '', url: path = '' } = request;
  const call = { method, path, body: await bodyOf(request) };
  const namespace = namespaces.get(/^\/api\/v1\/namespaces\/([^/]+)\//.exec(path)?.[1] ?? '');
  namespace?.calls.push(call);
  const disturbance = namespace?.disturb(call) ?? 'none';
  if (disturbance === 'hang') return;
  if (disturbance === 'cut') {
    request.socket.destroy();
    return;
  }
  const found = typeof disturbance === 'number' ? failure(disturbance) : answer(namespace, request, call);
  send(response, found, disturbance);
}

/** The length counts bytes, as an API server's does. Node itself closes the connection of a request of HTTP/1.0. */
function send(response: ServerResponse, { status, body }: Answer, disturbance: Disturbance): void {
  const bytes = Buffer.from(`${JSON.stringify(body)}\n`);
  if (disturbance === 'half a head') {
    response.socket?.end(`HTTP/1.1 ${status} OK\r\nContent-Type: application/json\r\nContent-Le`);
    return;
  }
  const length = disturbance === 'half, in capitals' ? 'CONTENT-LENGTH' : 'content-length';
  const sized = disturbance.toString().endsWith('unsized') ? {} : { [length]: bytes.length };
  response.writeHead(status, { 'Content-Type': 'application/json', ...sized, 'Audit-Id': 'c0ffee' });
  response.end(disturbance.toString().startsWith('half') ? bytes.subarray(0, bytes.length / 2) : bytes);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) if (part instanceof Buffer) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}

function failure(code: number): Answer {
  return { status: code, body: { kind: 'Status', apiVersion: 'v1', status: 'Failure', code } };
}

function answer(namespace: Namespace | undefined, request: IncomingMessage, call: Call): Answer {
  if (namespace === undefined) return failure(404);
  if (request.headers.authorization !== `Bearer ${namespace.token}`) return failure(401);
  const claim = /\/persistentvolumeclaims\/([^/]+)$/.exec(call.path)?.[1];
  if (claim !== undefined) return object(namespace, namespace.claims, claim, 'annotations', call);
  const pod = /\/pods\/([^/]+)\/status$/.exec(call.path)?.[1];
  if (pod !== undefined && call.method === 'PATCH') return patchedPod(namespace, pod, call);
  const configMap = /\/configmaps\/([^/]+)$/.exec(call.path)?.[1];
  if (configMap === 'db-backups' && call.method === 'PATCH') {
    namespace.configMaps.set(configMap, member(JSON.parse(call.body), 'data'));
    return { status: 200, body: {} };
  }
  return failure(403);
}

/** A patch of a pod's status changes its conditions or its labels. */
function patchedPod(namespace: Namespace, pod: string, call: Call): Answer {
  const conditions = member(member(JSON.parse(call.body), 'status'), 'conditions');
  if (!Array.isArray(conditions)) return object(namespace, namespace.pods, pod, 'labels', call);
  if (!namespace.pods.has(pod)) return failure(404);
  for (const condition of conditions) {
    const name = `${pod} ${String(member(condition, 'type'))}`;
    namespace.conditions.set(name, String(member(condition, 'reason')));
    namespace.messages.set(name, String(member(condition, 'message')));
  }
  return { status: 200, body: { apiVersion: 'v1', metadata: { name: pod } } };
}

function object(
  namespace: Namespace,
  all: Map<string, Record<string, string>>,
  name: string,
  field: 'annotations' | 'labels',
  { method, body }: Call,
): Answer {
  if (Number(/\d+$/.exec(name)?.[0]) >= namespace.ordinals) return failure(403);
  const current = all.get(name);
  if (current === undefined) return failure(404);
  if (method === 'PATCH') Object.assign(current, patchedField(body, field));
  // The server's book about who set what repeats the names of annotations, with other quotes around them.
  const managedFields = [{ fieldsV1: { 'f:metadata': { [`f:${field}`]: { 'f:mysql-sts/holds-data': {} } } } }];
  return { status: 200, body: { apiVersion: 'v1', metadata: { name, [field]: current, managedFields } } };
}

function patchedField(body: string, field: 'annotations' | 'labels'): Record<string, string> {
  const patch: unknown = JSON.parse(body);
  const found = member(member(patch, 'metadata'), field);
  if (typeof found !== 'object' || found === null) throw new Error(`The patch changes no ${field}: ${body}`);
  return Object.fromEntries(Object.entries(found).map(([key, value]) => [key, String(value)]));
}

function member(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? new Map(Object.entries(value)).get(key) : undefined;
}
