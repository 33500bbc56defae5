import type { CommandModule } from 'yargs';
import { LAKE_OPTION } from '../options.js';

interface AuditArguments {
  readonly lake: string;
  readonly json: boolean;
  readonly 'as-of-batch': number | undefined;
  readonly 'memory-cap': string;
  readonly 'memory-limit': string;
}

export const auditCommand: CommandModule<object, AuditArguments> = {
  command: 'audit',
  describe: 'check the invariants I1-I8 on a lake, also while it is written to',
  builder: (yargs) =>
    yargs
      .option('lake', LAKE_OPTION)
      .option('json', { type: 'boolean', default: false, describe: 'one JSON object with all results and hashes' })
      .option('as-of-batch', { type: 'number', describe: 'the lake as this batch left it' })
      .option('memory-cap', { type: 'string', default: '2GiB', describe: "cap on the pipeline's memory (I8)" })
      .option('memory-limit', { type: 'string', default: '1GB', describe: 'memory of the audit itself' })
      .example('$0 audit', 'a line for each invariant; exit code 1 when one is broken')
      .example('$0 audit --json | jq -r .silver_hash', 'compare two lakes by their content') as never,
  handler: async (args) => {
    const { auditLake } = await import('../../query/audit/audit.js');
    const { describeAudit } = await import('../../query/audit/describe.js');
    const { parseByteSize } = await import('../../query/byte-size.js');
    const report = await auditLake(args.lake, {
      memoryCap: parseByteSize(args['memory-cap'], '--memory-cap'),
      memoryLimit: args['memory-limit'],
      ...(args['as-of-batch'] === undefined ? {} : { atSequence: args['as-of-batch'] }),
    });
    const lines = args.json ? [JSON.stringify(report)] : describeAudit(report);
    process.stdout.write(`${lines.join('\n')}\n`);
    if (!report.ok) process.exitCode = 1;
  },
};
