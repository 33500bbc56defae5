import type { CommandModule } from 'yargs';
import type { GraphFlags } from '../resources.js';
import { LAKE_OPTION } from '../options.js';

interface AuditArguments {
  readonly lake: string;
  readonly json: boolean;
  readonly 'as-of-batch': number | undefined;
  readonly 'memory-cap': string;
  readonly 'memory-limit': string;
  readonly 'pseudonym-key-file': string | undefined;
  readonly replay: boolean;
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
      .option('pseudonym-key-file', { type: 'string', describe: 'key that the lake was written with, for the replay' })
      .option('replay', { type: 'boolean', default: true, describe: 'run the newest batches again and compare (I7)' })
      .example('$0 audit', 'a line for each invariant; exit code 1 when one is broken')
      .example('$0 audit --json | jq -r .silver_hash', 'compare two lakes by their content') as never,
  handler: async (args) => {
    const { auditLake } = await import('../../query/audit/audit.js');
    const { describeAudit } = await import('../../query/audit/describe.js');
    const { settingOf } = await import('../resources.js');
    const { replaySampleOf } = await import('../../pipeline/replay/replay-sample.js');
    const { parseByteSize } = await import('../../query/byte-size.js');
    const report = await auditLake(args.lake, {
      memoryCap: parseByteSize(args['memory-cap'], '--memory-cap'),
      memoryLimit: args['memory-limit'],
      ...(args.replay ? { replaySample: replaySampleOf(await settingOf(keyOnly(args), false)) } : {}),
      ...(args['as-of-batch'] === undefined ? {} : { atSequence: args['as-of-batch'] }),
    });
    const lines = args.json ? [JSON.stringify(report)] : describeAudit(report);
    process.stdout.write(`${lines.join('\n')}\n`);
    if (!report.ok) process.exitCode = 1;
  },
};

/** Patients, model and zone come from the lake; only the key does not lie there. */
function keyOnly(args: AuditArguments): GraphFlags {
  return {
    model: undefined,
    patients: undefined,
    timezone: undefined,
    'pseudonym-key-file': args['pseudonym-key-file'],
  };
}
