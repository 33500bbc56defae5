import type { CommandModule } from 'yargs';
import { LAKE_OPTION } from '../../options.js';

interface ListArguments {
  readonly lake: string;
  readonly status: 'open' | 'acknowledged' | 'resolved' | undefined;
  readonly severity: 'warning' | 'urgent' | 'critical' | undefined;
  readonly ward: string | undefined;
  readonly rule: string | undefined;
  readonly patient: string | undefined;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly 'as-of': string | undefined;
  readonly limit: number;
  readonly json: boolean;
}

export const listCommand: CommandModule<object, ListArguments> = {
  command: 'list',
  describe: 'alerts that stand, newest first; of the last hour of the data unless --from says otherwise',
  builder: (yargs) =>
    yargs
      .option('lake', LAKE_OPTION)
      .option('status', { choices: ['open', 'acknowledged', 'resolved'] as const, describe: 'where they stand' })
      .option('severity', { choices: ['warning', 'urgent', 'critical'] as const, describe: 'how severe they are' })
      .option('ward', { type: 'string', describe: 'of this ward' })
      .option('rule', { type: 'string', describe: 'of this rule' })
      .option('patient', { type: 'string', describe: 'of this patient, by pseudonym' })
      .option('from', { type: 'string', describe: 'measured at this time or later (ISO 8601)' })
      .option('to', { type: 'string', describe: 'measured before this time' })
      .option('as-of', { type: 'string', describe: 'what had been committed by this time' })
      .option('limit', { type: 'number', default: 200, describe: 'at most so many (1,000)' })
      .option('json', { type: 'boolean', default: false, describe: 'one JSON object a line, with their history' })
      .example('$0 alerts list --status open --severity critical', 'what nobody has looked at')
      .example('$0 alerts list --ward ICU --json | jq .alert_id', 'for a program') as never,
  handler: async (args) => {
    const { listAlerts } = await import('../../alerts/list-alerts.js');
    await listAlerts(args);
  },
};
