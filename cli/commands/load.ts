import type { CommandModule } from 'yargs';
import type { LoadArguments } from '../load/run-load.js';
import { LAKE_OPTION } from '../options.js';

export const loadCommand: CommandModule<object, LoadArguments> = {
  command: 'load',
  describe: 'bring the lake into BigQuery: gold, and what else is named, each row once',
  builder: (yargs) =>
    yargs
      .option('lake', LAKE_OPTION)
      .option('warehouse', { type: 'string', describe: 'where to: bigquery:PROJECT' })
      .option('tables', {
        type: 'string',
        describe:
          'tiers or tables, with commas between them: gold,silver.patient_vitals (when left out, gold without what may identify anybody)',
      })
      .option('from', { type: 'string', describe: 'first day, UTC, of the partitions to bring' })
      .option('to', { type: 'string', describe: 'last day, included' })
      .option('location', { type: 'string', describe: 'region that the datasets must lie in, such as europe-west4' })
      .option('staging', {
        type: 'string',
        describe: 'gs://BUCKET/PREFIX for files on their way; else the bucket of the lake, or an upload',
      })
      .option('create', {
        type: 'boolean',
        default: false,
        describe: 'create tables and add nullable columns that are missing (datasets are left to Terraform)',
      })
      .option('dry-run', { type: 'boolean', default: false, describe: 'say what would be loaded' })
      .option('external', {
        type: 'boolean',
        default: false,
        describe: 'load nothing: print the statements for BigLake tables over bronze and silver',
      })
      .option('connection', { type: 'string', describe: 'with --external: PROJECT.REGION.CONNECTION' })
      .option('json', { type: 'boolean', default: false, describe: 'one JSON object with the counts' })
      .example('$0 load --warehouse bigquery:my-project', 'gold, what is new since the last time')
      .example(
        '$0 load --warehouse bigquery:my-project --tables gold,silver --from 2026-11-01 --to 2026-11-30',
        'a month',
      )
      .example('$0 load --warehouse bigquery:my-project --dry-run', 'what that would be')
      .example(
        '$0 load --lake gs://B/lake --external --connection P.europe-west4.lake | bq query --nouse_legacy_sql',
        'bronze and silver without loading',
      ) as never,
  handler: async (args) => {
    const { runLoad } = await import('../load/run-load.js');
    await runLoad(args);
  },
};
