/** What HelmForge's words for settings and amounts stand for. */

function settings(connections: number, pool: string, redoLog: number, ...more: readonly string[]): string {
  return [`max_connections=${connections}`, `innodb_buffer_pool_size=${pool}`, `innodb_redo_log_capacity=${redoLog}`, ...more].join('\n');
}

const MIB = 1024 * 1024;

/** The words of `config.preset`. */
export const HELMFORGE_SETTINGS: Readonly<Record<string, string>> = {
  none: '',
  small: settings(100, '256M', 256 * MIB),
  medium: settings(200, '512M', 512 * MIB),
  large: settings(400, '1G', 1024 * MIB),
  oltp: settings(300, '1G', 1024 * MIB, 'innodb_io_capacity=1000'),
  'read-heavy': settings(300, '1G', 1024 * MIB, 'table_open_cache=4096', 'tmp_table_size=128M', 'max_heap_table_size=128M'),
  analytics: settings(150, '2G', 2048 * MIB, 'tmp_table_size=256M', 'max_heap_table_size=256M', 'sort_buffer_size=4M'),
};

/** The words of `resourcesPreset`. */
export const HELMFORGE_RESOURCES: Readonly<Record<string, unknown>> = {
  none: {},
  small: { requests: { cpu: '250m', memory: '512Mi' }, limits: { cpu: '500m', memory: '1Gi' } },
  medium: { requests: { cpu: '500m', memory: '1Gi' }, limits: { cpu: '1', memory: '2Gi' } },
  large: { requests: { cpu: '1', memory: '2Gi' }, limits: { cpu: '2', memory: '4Gi' } },
};
