/**
 * Defaults of a platform team: what its clusters have, so that no application need say it. Written as a chart of its
 * own by
 *
 *     mysql-sts generate --defaults defaults.ts --name platform-mysql --chart-version 1.0.0 --output platform-mysql
 */
import { defineDefaults } from 'mysql-sts';

export default defineDefaults({
  engine: 'mysql-8.4',
  global: {
    imageRegistry: 'harbor.example.com/mysql',
    imagePullSecrets: [{ name: 'harbor' }],
    storageClassName: 'fast',
  },
  storage: { size: '50Gi', retention: { whenScaled: 'Delete' } },
  config: { common: '[mysqld]\nmax_connections = 500\n', binlogRetention: '14d' },
  resources: { server: { requests: { cpu: '1', memory: '4Gi' }, limits: { memory: '4Gi' } } },
  scheduling: { antiAffinity: 'required', priorityClassName: 'databases' },
  tls: { mode: 'secret', secretName: 'platform-mysql-tls' },
});
