/** What a release does, whichever chart it is of: what two charts must have alike so that one can take the other's place. */
import { larger } from '../../generator/convert/quantity.ts';
import { isObject } from '../../generator/model/json-schema.ts';
import { valueAt } from '../../generator/model/model.ts';

/** Facts by their names. */
export type Facts = Readonly<Record<string, unknown>>;

/** Names of the container that runs the server. */
const SERVERS = ['mysql', 'mariadb'];

/** Settings that mean the same by themselves, or that charts decide for reasons of their own. */
const LEFT_OUT = new Set([
  ...['basedir', 'datadir', 'plugin_dir', 'socket', 'port', 'tmpdir', 'pid_file', 'log_error', 'bind_address', 'mysqlx', 'mysqlx_port'],
  ...[
    'authentication_policy',
    'skip_name_resolve',
    'ssl_ca',
    'ssl_cert',
    'ssl_key',
    'server_id',
    'read_only',
    'super_read_only',
    'log_bin',
  ],
  ...['gtid_mode', 'enforce_gtid_consistency', 'log_replica_updates', 'binlog_format', 'sync_binlog', 'skip_replica_start', 'relay_log'],
  ...['explicit_defaults_for_timestamp', 'slow_query_log', 'long_query_time', 'innodb_flush_log_at_trx_commit', 'relay_log_recovery'],
  ...['binlog_expire_logs_seconds', 'require_secure_transport', 'report_host', 'replica_preserve_commit_order', 'max_allowed_packet'],
]);

type Objects = readonly unknown[];

/** A text or number as a text; empty for what is none. */
function word(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** The facts of a rendering. */
export function releaseFacts(objects: Objects): Facts {
  const sets = objects.filter((object) => valueAt(object, 'kind') === 'StatefulSet');
  const servers = sets.map(serverOf);
  const pod = sets.map((set) => valueAt(set, 'spec.template.spec'))[0];
  const pods = sets.reduce<number>((sum, set) => sum + Number(valueAt(set, 'spec.replicas')), 0);
  const resources = servers.map((server): unknown => valueAt(server, 'resources') ?? {});
  return {
    pods,
    resources: resources.reduce((left, right) => larger(left, right)),
    volume: volumeFacts(sets),
    nodeSelector: valueAt(pod, 'nodeSelector'),
    tolerations: valueAt(pod, 'tolerations'),
    priorityClassName: valueAt(pod, 'priorityClassName'),
    apart: pods === 1 ? 'there is one pod' : apart(pod),
    services: serviceFacts(objects),
    secret: secretFacts(objects, sets[0], servers[0]),
    settings: settingsFacts(objects, servers),
  };
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}

function serverOf(set: unknown): unknown {
  return list(valueAt(set, 'spec.template.spec.containers')).find((container) => SERVERS.includes(String(valueAt(container, 'name'))));
}

function volumeFacts(sets: Objects): unknown {
  const claims = sets.flatMap((set) => list(valueAt(set, 'spec.volumeClaimTemplates')));
  if (claims.length === 0) return 'ephemeral';
  const sizes = claims.map((claim) => valueAt(claim, 'spec.resources.requests.storage'));
  const [first] = claims;
  return {
    size: sizes.reduce((left, right) => larger(left, right)),
    class: valueAt(first, 'spec.storageClassName'),
    modes: valueAt(first, 'spec.accessModes'),
  };
}

function apart(pod: unknown): string {
  const rules = valueAt(pod, 'affinity.podAntiAffinity');
  if (list(valueAt(rules, 'requiredDuringSchedulingIgnoredDuringExecution')).length > 0) return 'required';
  return list(valueAt(rules, 'preferredDuringSchedulingIgnoredDuringExecution')).length > 0 ? 'preferred' : 'left to the scheduler';
}

/** Services that clients of the database use, by what they are reached through. */
function serviceFacts(objects: Objects): readonly string[] {
  const services = objects.filter((object) => valueAt(object, 'kind') === 'Service' && valueAt(object, 'spec.clusterIP') !== 'None');
  const found = services.flatMap((service) => {
    const port = list(valueAt(service, 'spec.ports')).find((item) => valueAt(item, 'name') === 'mysql');
    const type = word(valueAt(service, 'spec.type')) || 'ClusterIP';
    const nodePort = word(valueAt(port, 'nodePort'));
    return port === undefined ? [] : [`${type} ${String(valueAt(port, 'port'))}${nodePort === '' ? '' : ` ${nodePort}`}`];
  });
  return [...new Set(found)].filter((service) => service !== 'ClusterIP 3306').sort();
}

/** The Secret that the passwords of root and the application come from, with its keys. */
function secretFacts(objects: Objects, set: unknown, server: unknown): unknown {
  const made = objects.filter((object) => valueAt(object, 'kind') === 'Secret').map((secret) => valueAt(secret, 'metadata.name'));
  const volumes = list(valueAt(set, 'spec.template.spec.volumes'));
  const sources = volumes.flatMap((volume) => [
    valueAt(volume, 'secret'),
    ...list(valueAt(volume, 'projected.sources')).map((source) => valueAt(source, 'secret')),
  ]);
  const mounted = sources.flatMap((source) =>
    list(valueAt(source, 'items')).map((item) => ({ name: secretName(source), key: valueAt(item, 'key') })),
  );
  const inEnv = list(valueAt(server, 'env')).map((item) => ({
    name: valueAt(item, 'valueFrom.secretKeyRef.name'),
    key: valueAt(item, 'valueFrom.secretKeyRef.key'),
  }));
  const used = [...mounted, ...inEnv].filter(({ name, key }) => typeof name === 'string' && /password|^user$/i.test(String(key)));
  const foreign = used.filter(({ name }) => !made.includes(name));
  return foreign.length === 0 ? 'its own' : { name: foreign[0]?.name, keys: foreign.map(({ key }) => key) };
}

function secretName(source: unknown): unknown {
  return valueAt(source, 'secretName') ?? valueAt(source, 'name');
}

function settingsFacts(objects: Objects, servers: Objects): unknown {
  const maps = objects.filter((object) => valueAt(object, 'kind') === 'ConfigMap').map((map) => valueAt(map, 'data'));
  const files = maps.flatMap((data) =>
    (isObject(data) ? Object.entries(data) : []).filter(([name]) => name.endsWith('.cnf')).map(([, text]) => String(text)),
  );
  const environment = servers.flatMap((server) => list(valueAt(server, 'env')));
  const flags = environment
    .filter((item) => word(valueAt(item, 'name')).includes('EXTRA_FLAGS'))
    .map((item) => String(valueAt(item, 'value')).replaceAll(/\s*--/g, '\n'));
  const commands = servers.map((server) =>
    list(valueAt(server, 'command'))
      .join('\n')
      .replaceAll(/^(?!\s*\w+ = .*$).*$/gm, ''),
  );
  const all = [...files, ...flags, ...commands].flatMap(settingsOf);
  const variable = (name: string): unknown =>
    valueAt(
      environment.find((item) => valueAt(item, 'name') === name),
      'value',
    );
  const seconds = all.find(([name]) => name === 'binlog_expire_logs_seconds')?.[1];
  const kept = seconds === undefined ? lengthInSeconds(variable('BINLOG_RETENTION')) : Number(seconds);
  return {
    ...Object.fromEntries(all.filter(([name]) => !LEFT_OUT.has(name))),
    ...(Number.isNaN(kept) ? {} : { 'binary log in seconds': kept }),
    'TLS demanded':
      variable('TLS_CLIENTS') === 'required' || all.some(([name, value]) => name === 'require_secure_transport' && /on|1/i.test(value)),
  };
}

function lengthInSeconds(text: unknown): number {
  const [, count = '', unit = ''] = /^([0-9]+)([smhd])$/.exec(String(text)) ?? [];
  return Number(count) * ({ s: 1, m: 60, h: 3600, d: 86_400 }[unit] ?? Number.NaN);
}

function settingsOf(text: string): readonly (readonly [name: string, value: string])[] {
  const [server = ''] = text.split(/^\s*\[(?:client|manager)\]/m);
  return server
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => /^[a-z][\w-]*\s*(?:=|$)/.test(line))
    .map((line) => [(line.split('=')[0] ?? '').trim().replaceAll('-', '_'), line.slice(line.indexOf('=') + 1).trim()]);
}
