import type { CommandModule } from 'yargs';
import type { AlarmsRequest } from '../alarms/run-alarms.js';
import { LAKE_OPTION } from '../options.js';

/** `vitals alarms`: the alarm budget of a range of a lake under other rules. */
export const alarmsCommand: CommandModule<object, AlarmsRequest> = {
  command: 'alarms',
  describe: 'alarm budget: replay a range under sets of alarm rules, and say what each raises, detects and misses',
  builder: (yargs) =>
    yargs
      .option('lake', LAKE_OPTION)
      .option('from', { type: 'string', describe: 'first event time (ISO 8601); everything without it' })
      .option('to', { type: 'string', describe: 'event time to end before (ISO 8601)' })
      .option('rules', {
        type: 'string',
        array: true,
        default: ['instant', 'standard', 'ward'],
        describe: 'sets of rules to compare: instant, standard, ward, or JSON files (docs/alarms.md)',
      })
      .option('labels', {
        type: 'string',
        describe: 'ground truth of vitals simulate --labels: detection and false alarms',
      })
      .option('pseudonym-key-file', { type: 'string', describe: 'key that the lake was written with, for the labels' })
      .option('memory-limit', { type: 'string', default: '512MB', describe: 'beyond it sorting spills to disk' })
      .option('json', { type: 'boolean', default: false, describe: 'one JSON object with every figure' })
      .example('$0 alarms --from 2026-11-02 --to 2026-11-09', 'last week under three sets of rules')
      .example(
        '$0 alarms --rules standard,night.json --labels labels.ndjson',
        'a set of one’s own against the standard',
      )
      .example('$0 alarms --json | jq .rules[].alarms_per_bed_day', 'for a program') as never,
  handler: async (args) => {
    const { runAlarms } = await import('../alarms/run-alarms.js');
    await runAlarms(args, process.stdout, process.stderr);
  },
};
