import type { CommandModule } from 'yargs';
import { LAKE_OPTION } from '../options.js';

interface DashboardArguments {
  readonly lake: string;
  readonly port: number;
  readonly host: string;
  readonly 'token-file': string | undefined;
  readonly 'allow-host': readonly string[];
  readonly export: string | undefined;
  readonly 'as-of': string | undefined;
  readonly json: boolean;
}

export const dashboardCommand: CommandModule<object, DashboardArguments> = {
  command: 'dashboard',
  describe: 'the dashboard of a lake, beside its writer; --export writes a copy that opens from disk',
  builder: (yargs) =>
    yargs
      .option('lake', LAKE_OPTION)
      .option('port', { type: 'number', default: 8080, describe: 'port to listen on; 0 for any free one' })
      .option('host', {
        type: 'string',
        default: '127.0.0.1',
        describe: 'address to listen on; any but the loopback needs --token-file',
      })
      .option('token-file', { type: 'string', describe: 'file with the token that others need (openssl rand -hex 32)' })
      .option('allow-host', {
        type: 'string',
        array: true,
        default: [],
        describe: 'name that a reverse proxy passes on, such as vitals.example.org',
      })
      .option('export', { type: 'string', describe: 'write pages and a snapshot into this folder instead of serving' })
      .option('as-of', { type: 'string', describe: 'with --export: what had been committed by this time (ISO 8601)' })
      .option('json', { type: 'boolean', default: false, describe: 'print where it is as one JSON object' })
      .implies('as-of', 'export')
      .conflicts('export', ['token-file'])
      .example('$0 dashboard', 'http://127.0.0.1:8080/, while a pipeline writes the lake')
      .example('$0 dashboard --host 0.0.0.0 --token-file token --allow-host vitals.example.org', 'for others to see')
      .example(
        '$0 dashboard --export report --as-of 2026-11-21T07:00:00Z',
        'a copy of a moment, to send or to keep',
      ) as never,
  handler: async (args) => {
    const { runDashboard } = await import('../dashboard/run-dashboard.js');
    await runDashboard(args);
  },
};
