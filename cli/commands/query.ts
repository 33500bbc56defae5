import type { CommandModule } from 'yargs';
import { LAKE_OPTION } from '../options.js';

interface QueryArguments {
  readonly sql: string | undefined;
  readonly lake: string;
  readonly file: string | undefined;
  readonly 'as-of-batch': number | undefined;
  readonly 'as-of': string | undefined;
  readonly json: boolean | undefined;
  readonly csv: boolean | undefined;
  readonly out: string | undefined;
  readonly all: boolean;
  readonly list: boolean;
  readonly 'memory-limit': string;
}

export const queryCommand: CommandModule<object, QueryArguments> = {
  command: 'query [sql]',
  describe: 'SQL over the lake: every table and view by the names that BigQuery has',
  builder: (yargs) =>
    yargs
      .positional('sql', {
        type: 'string',
        describe: "one query in DuckDB's SQL, or - for standard input",
        // yargs reads a lone dash as an empty text.
        coerce: (sql: string) => (sql === '' ? '-' : sql),
      })
      .option('lake', LAKE_OPTION)
      .option('file', { type: 'string', describe: 'read the query from a file' })
      .option('as-of-batch', { type: 'number', describe: 'the lake as this batch left it' })
      .option('as-of', {
        type: 'string',
        describe: 'the lake as it had been committed by this time (ISO, with a zone)',
      })
      .conflicts('as-of', 'as-of-batch')
      .option('json', { type: 'boolean', describe: 'one JSON object a line, timestamps in ISO UTC' })
      .option('csv', { type: 'boolean', describe: 'CSV; texts that look like formulas are escaped' })
      .option('out', { type: 'string', describe: 'write the rows to a Parquet file' })
      .option('all', { type: 'boolean', default: false, describe: 'print every row as a table, not the first 1,000' })
      .option('list', { type: 'boolean', default: false, describe: 'list tables and views' })
      .option('memory-limit', { type: 'string', default: '1GB', describe: 'beyond it a query spills to disk' })
      .conflicts('json', ['csv', 'out'])
      .conflicts('csv', 'out')
      .conflicts('file', 'sql')
      .example('$0 query --list', 'what there is to ask')
      .example('$0 query "SELECT * FROM gold.patient_latest_risk ORDER BY news2_low DESC"', 'who is worst off')
      .example('$0 query --json "SELECT ward, sum(n) AS n FROM gold.ward_alert_counts GROUP BY ward"', 'for a program')
      .example(
        '$0 query --as-of 2026-11-21T07:20:00Z "SELECT * FROM silver.current_patient_vitals"',
        'what was known then',
      )
      .example('$0 query --file trend.sql --out trend.parquet', 'into a file') as never,
  handler: async (args) => {
    const { runQuery } = await import('../query/run-query.js');
    await runQuery({ ...args, json: args.json ?? false, csv: args.csv ?? false });
  },
};
