import { readToken } from '../../dashboard/server/token.js';
import { openDashboard } from '../../dashboard/server/server.js';
import { ConfigurationError } from '../../schema/errors.js';
import { lakeUrl } from '../lake-url.js';
import { stopSignal } from '../stop-signal.js';

/** What `vitals dashboard` was asked. */
export interface DashboardRequest {
  readonly lake: string;
  readonly port: number;
  readonly host: string;
  readonly 'token-file': string | undefined;
  readonly 'allow-host': readonly string[];
  readonly export: string | undefined;
  readonly 'as-of': string | undefined;
  readonly json: boolean;
}

/** Serves until it is told to stop, or writes an export. @throws ConfigurationError, LakeError */
export async function runDashboard(request: DashboardRequest): Promise<void> {
  if (request.export !== undefined) return exportTo(request.export, request);
  const tokenFile = request['token-file'];
  const dashboard = await openDashboard({
    lake: lakeUrl(request.lake),
    port: request.port,
    host: request.host,
    token: tokenFile === undefined ? null : await readToken(tokenFile),
    allowedHosts: request['allow-host'],
    clock: Date.now,
  });
  const stop = stopSignal();
  if (request.json) process.stdout.write(JSON.stringify({ url: `${dashboard.url}/` }) + '\n');
  process.stderr.write(
    `vitals: dashboard of ${request.lake} at ${dashboard.url}/; not a medical device; Ctrl-C ends\n`,
  );
  await new Promise<void>((resolve) => stop.addEventListener('abort', () => resolve(), { once: true }));
  await dashboard.close();
}

async function exportTo(folder: string, request: DashboardRequest): Promise<void> {
  const { exportDashboard } = await import('../../dashboard/export/export-dashboard.js');
  const asOf = request['as-of'] === undefined ? null : timeOf(request['as-of']);
  const made = await exportDashboard({ lake: lakeUrl(request.lake), folder, asOf, clock: Date.now });
  if (request.json) process.stdout.write(JSON.stringify(made) + '\n');
  process.stderr.write(
    `vitals: open ${made.page}; ${made.patients} patients, ${made.alerts} alerts; not a medical device\n`,
  );
}

function timeOf(text: string): number {
  const time = /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/.test(text) ? Date.parse(text) : NaN;
  if (!Number.isNaN(time)) return time;
  throw new ConfigurationError('--as-of', `${text} is no time`, 'Write it like 2026-11-21T07:00:00Z.');
}
