/** Settings of a my.cnf: which of them the server of this chart still needs from a user. */
import type { Target } from '../origins/row.ts';
import { nothing, set, type Outcome } from './outcome.ts';

/** Places, sockets and addresses of the old image. */
const OF_THE_IMAGE = new Set([
  ...['basedir', 'datadir', 'tmpdir', 'plugin_dir', 'lc_messages_dir', 'character_sets_dir', 'socket', 'pid_file', 'port', 'user'],
  ...['bind_address', 'mysqlx', 'mysqlx_port', 'mysqlx_socket', 'mysqlx_bind_address', 'log_error', 'secure_file_priv', 'report_host'],
  ...['slow_query_log_file', 'general_log_file', 'admin_address', 'admin_port', 'skip_networking'],
]);

/** What the chart sets itself, on every server. */
const OF_THE_CHART = new Set([
  ...[
    'server_id',
    'log_bin',
    'log_bin_index',
    'binlog_format',
    'sync_binlog',
    'innodb_flush_log_at_trx_commit',
    'read_only',
    'super_read_only',
  ],
  ...[
    'gtid_mode',
    'enforce_gtid_consistency',
    'gtid_strict_mode',
    'gtid_domain_id',
    'log_slave_updates',
    'log_replica_updates',
    'skip_slave_start',
  ],
  ...['skip_replica_start', 'relay_log', 'relay_log_recovery', 'relay_log_index', 'master_info_repository', 'relay_log_info_repository'],
  ...['ssl_ca', 'ssl_cert', 'ssl_key', 'ssl_capath', 'skip_name_resolve', 'init_file', 'wsrep_on'],
]);

const SERVER_SECTION = /^(?:mysqld|server|mariadbd?)(?:-[\d.]+)?$/;

const BY_CHART = 'The chart or the official image decides these itself';

/** Lines of a my.cnf, to the value that takes them. */
export function settingsOutcome(text: string, to: Target): Outcome {
  const kept: string[] = [];
  const left: string[] = [];
  const values: (readonly [Target, unknown])[] = [];
  let isServer = true;
  let depth = 0;
  for (const line of text.split('\n').map((raw) => raw.trim())) {
    const section = /^\[(.*)\]$/.exec(line)?.[1];
    if (section !== undefined) isServer = SERVER_SECTION.test(section.trim());
    // What a template adds under a condition depends on values that are not here any more.
    if (/\{\{-?\s*(?:if|with|range)\b/.test(line)) depth += 1;
    if (/\{\{-?\s*end\b/.test(line)) depth -= 1;
    if (section !== undefined || line === '' || !isServer || depth > 0) continue;
    const moved = ownValue(line);
    if (moved !== undefined) values.push(moved);
    else if (staysSetting(line)) kept.push(line);
    else if (isSetting(line)) left.push(settingName(line));
  }
  if (kept.some(isSetting)) values.unshift([to, `[mysqld]\n${kept.join('\n')}\n`]);
  const notes = left.length === 0 ? [] : [`${BY_CHART}: ${[...new Set(left)].join(', ')}.`];
  return values.length === 0 ? nothing(notes[0] ?? 'There is no setting in it.') : set(values, ...notes);
}

function isSetting(line: string): boolean {
  return !/^[#;!{]/.test(line);
}

function staysSetting(line: string): boolean {
  if (/^[#;]/.test(line)) return !/pass(?:word|wd)/i.test(line);
  if (!isSetting(line) || /\{\{|\/opt\/bitnami|\/bitnami\/|password/.test(line)) return false;
  const name = settingName(line);
  return !OF_THE_IMAGE.has(name) && !OF_THE_CHART.has(name) && !name.startsWith('wsrep_');
}

/** A setting that is a value of the chart's. */
function ownValue(line: string): readonly [Target, unknown] | undefined {
  const value = line.slice(line.indexOf('=') + 1).trim();
  const number = Number(value);
  switch (settingName(line)) {
    case 'require_secure_transport':
      return /^(?:on|1|true)$/i.test(value) ? ['tls.clients', 'required'] : undefined;
    case 'binlog_expire_logs_seconds':
      return number > 0 ? ['config.binlogRetention', lengthOfTime(number)] : undefined;
    case 'expire_logs_days':
      return number > 0 ? ['config.binlogRetention', lengthOfTime(number * 86_400)] : undefined;
    default:
      return undefined;
  }
}

function settingName(line: string): string {
  return (line.split('=')[0] ?? '')
    .trim()
    .toLowerCase()
    .replaceAll('-', '_')
    .replace(/^loose_/, '');
}

const UNITS: readonly (readonly [string, number])[] = [
  ['d', 86_400],
  ['h', 3600],
  ['m', 60],
];

/** Seconds in the largest unit that counts them whole. */
export function lengthOfTime(seconds: number): string {
  const whole = Math.ceil(seconds);
  const [unit, size] = UNITS.find(([, length]) => whole % length === 0) ?? ['s', 1];
  return `${whole / size}${unit}`;
}

/** Options of the server's command line as lines. */
export function flagLines(flags: string): string {
  return flags
    .trim()
    .split(/\s+/)
    .map((flag) => flag.replace(/^--/, ''))
    .join('\n');
}
