import type { CommandModule } from 'yargs';
import type { RunFlags } from '../run-flags.js';
import { withRunFlags } from '../run-flags.js';

interface RunArguments extends RunFlags {
  readonly source: string;
  readonly engine: string;
  readonly once: boolean;
}

export const runCommand: CommandModule<object, RunArguments> = {
  command: 'run',
  describe: 'run the pipeline: from a source into the lake',
  builder: (yargs) =>
    withRunFlags(yargs)
      .option('source', { type: 'string', demandOption: true, describe: 'where messages come from: file:DIR' })
      .option('engine', { choices: ['direct'], default: 'direct', describe: 'what runs the graph' })
      .option('once', { type: 'boolean', default: false, describe: 'read what there is, fire every pane, and exit' })
      .example('$0 run --source file:landing --once', 'drain a folder of NDJSON and CSV files into the lake')
      .example('$0 run --source file:landing --model model --patients patients.ndjson', 'follow a folder until Ctrl-C')
      .example('$0 run --source file:landing --once --json | jq .totals', 'the accounting, for a program') as never,
  handler: async (args) => {
    const { openSource } = await import('../source.js');
    const { drive } = await import('../drive.js');
    const { openStatusLine } = await import('../status-line.js');
    const { stopSignal } = await import('../stop-signal.js');
    const signal = stopSignal();
    const line = openStatusLine(process.stderr, Date.now);
    const source = await openSource(args.source, { deleteAcknowledged: false });
    const status = await drive(args, source, args.once, signal, (current) => line.show(current));
    line.end();
    if (args.json) process.stdout.write(JSON.stringify(status) + '\n');
  },
};
