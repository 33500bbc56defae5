import { openDashboard } from '../../dashboard/server/server.js';
import type { RunStatus } from '../../pipeline/engines/micro-batch/status.js';
import type { DashboardSaid, DashboardTold } from './dashboard-process.js';

/**
 * The dashboard of `vitals start`, in a process of its own (dashboard-process.ts). It ends when its parent does, and not before:
 * Ctrl-C reaches the whole group, and the last state is still to be shown.
 */
const [lake = '', port = '0'] = process.argv.slice(2);
const say = (said: DashboardSaid) => process.send?.(said);
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);

let status: RunStatus | null = null;
try {
  const dashboard = await openDashboard({
    lake,
    port: Number(port),
    host: '127.0.0.1',
    token: null,
    allowedHosts: [],
    status: () => status,
    clock: Date.now,
  });
  process.on('message', (told: DashboardTold) => {
    status = told.status;
    dashboard.committed();
  });
  process.on('disconnect', () => void dashboard.close().then(() => process.exit(0)));
  say({ url: dashboard.url });
} catch (error) {
  say({ problem: error instanceof Error ? error.message : String(error) });
  process.disconnect();
}
