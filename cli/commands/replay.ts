import { availableParallelism } from 'node:os';
import type { CommandModule } from 'yargs';
import { LAKE_OPTION } from '../options.js';
import { withGraphFlags } from '../replay/graph-flags.js';
import type { ReplayRequest } from '../replay/run-replay.js';

export const replayCommand: CommandModule<object, ReplayRequest> = {
  command: 'replay',
  describe:
    'rebuild silver and gold from bronze with this program, patients and model, into a new lake or to see what would change',
  builder: (yargs) =>
    withGraphFlags(yargs.option('lake', LAKE_OPTION))
      .option('diff', {
        type: 'boolean',
        default: false,
        describe: 'say what would change; the lake is only read, also beside a running pipeline',
      })
      .option('out', { type: 'string', describe: 'new folder or gs://BUCKET/PREFIX for the rebuilt lake' })
      .option('from', { type: 'string', describe: 'only messages received at this time or later (ISO 8601)' })
      .option('to', { type: 'string', describe: 'only messages received before this time' })
      .option('workers', { type: 'number', default: availableParallelism(), describe: 'worker threads; 0 for none' })
      .option('json', { type: 'boolean', default: false, describe: 'one JSON object' })
      .check(({ diff, out }) => diff || out !== undefined || 'Give --diff to see what would change, or --out DIR')
      .example('$0 replay --diff', 'what this release would make of the same messages')
      .example('$0 replay --diff --model models/forest --from 2026-11-20', 'what another model would')
      .example('$0 replay --out rebuilt', 'the rebuilt lake, to be put in the place of the old one') as never,
  handler: async (args) => {
    const { runReplay } = await import('../replay/run-replay.js');
    const { describeReplay } = await import('../replay/describe-report.js');
    const { openStatusLine } = await import('../status-line.js');
    const { stopSignal } = await import('../stop-signal.js');
    const line = openStatusLine(process.stderr, Date.now);
    const report = await runReplay(args, Date.now, stopSignal(), (status) => line.show(status));
    line.end();
    process.stdout.write(`${args.json ? JSON.stringify(report) : describeReplay(report)}\n`);
  },
};
