import type { CommandModule } from 'yargs';
import { ConfigurationError } from '../../schema/errors.js';
import type { RunStatus } from '../../pipeline/engines/micro-batch/status.js';
import type { DataflowFlags } from '../dataflow/flags.js';
import { withDataflowFlags } from '../dataflow/flags.js';
import type { EngineFlags, MicroBatchEngine } from '../engines.js';
import { withFlinkFlags } from '../flink-flags.js';
import { withMllpFlags, type MllpFlags } from '../mllp-flags.js';
import { withRunFlags } from '../run-flags.js';

interface RunArguments extends EngineFlags, DataflowFlags, MllpFlags {
  readonly source: string;
  readonly engine: MicroBatchEngine | 'dataflow';
  readonly once: boolean;
  readonly 'dead-letter-topic': string | undefined;
}

export const runCommand: CommandModule<object, RunArguments> = {
  command: 'run',
  describe: 'run the pipeline: from a source into the lake',
  builder: (yargs) =>
    withMllpFlags(withDataflowFlags(withFlinkFlags(withRunFlags(yargs))))
      .option('source', {
        type: 'string',
        demandOption: true,
        describe:
          'where messages come from: file:DIR, kafka://HOST/TOPIC, pubsub:projects/P/subscriptions/S, mllp://HOST:PORT',
      })
      .option('engine', {
        choices: ['direct', 'flink', 'dataflow'],
        default: 'direct',
        describe: 'what runs the graph',
      })
      .option('once', { type: 'boolean', default: false, describe: 'read what there is, fire every pane, and exit' })
      .option('dead-letter-topic', {
        type: 'string',
        describe: 'publish dead letters here too, once they are committed: pubsub:projects/P/topics/D',
      })
      .example('$0 run --source file:landing --once', 'drain a folder of NDJSON and CSV files into the lake')
      .example('$0 run --source file:landing --model model --patients patients.ndjson', 'follow a folder until Ctrl-C')
      .example(
        '$0 run --engine flink --source file:landing --once',
        'the same on a Flink cluster that is started for it',
      )
      .example(
        '$0 run --engine dataflow --dry-run --source pubsub:projects/P/subscriptions/S --lake gs://B/lake ...',
        'what would be sent to Dataflow (docs/dataflow.md)',
      )
      .example('$0 run --source mllp://127.0.0.1:2575', 'listen for HL7 v2 and answer what the lake has')
      .example('$0 run --source file:landing --warehouse bigquery:my-project', 'and gold in BigQuery seconds later')
      .example('$0 run --source file:landing --once --json | jq .totals', 'the accounting, for a program') as never,
  handler: async (args) => {
    const { engine } = args;
    if (engine === 'dataflow') {
      mustNotStream(args);
      const { runDataflow } = await import('../dataflow/run-dataflow.js');
      const { stopSignal } = await import('../stop-signal.js');
      return runDataflow(args, stopSignal());
    }
    if (engine === 'flink' && args.mode === 'streaming') return streamOnFlink(args);
    const { openSource } = await import('../source.js');
    const { drive } = await import('../drive.js');
    const { MICRO_BATCH_ENGINES } = await import('../engines.js');
    const { openDeadLetterTopic } = await import('../dead-letter-topic.js');
    const { openWarehouseStream } = await import('../warehouse-stream.js');
    const { openStatusLine } = await import('../status-line.js');
    const { stopSignal } = await import('../stop-signal.js');
    const runEngine = await MICRO_BATCH_ENGINES[engine](args);
    const signal = stopSignal();
    const line = openStatusLine(process.stderr, Date.now);
    const warehouse = await openWarehouseStream(args.warehouse, args.lake);
    const source = await openSource(args.source, { deleteAcknowledged: false, once: args.once, mllp: args });
    const letters = await openDeadLetterTopic(args['dead-letter-topic'], args.lake);
    try {
      const onStatus = (current: RunStatus) => {
        line.show(current);
        letters?.committed();
        warehouse?.committed();
      };
      const status = await drive(args, source, args.once, signal, onStatus, runEngine);
      line.end();
      await warehouse?.finish();
      await letters?.finish();
      if (args.json) process.stdout.write(JSON.stringify(status) + '\n');
    } finally {
      await letters?.close();
      await warehouse?.close();
    }
  },
};

/** The committer of a Dataflow job may run anywhere and end at any time: a scheduled load is what brings its gold. */
function mustNotStream({ warehouse }: RunArguments): void {
  if (warehouse === undefined) return;
  const remedy = 'Leave it out, and run vitals load on a schedule.';
  throw new ConfigurationError('--warehouse', 'goes with the engines direct and flink', remedy);
}

async function streamOnFlink(args: RunArguments): Promise<void> {
  const { runStreaming } = await import('../run-streaming.js');
  const { openWarehouseStream } = await import('../warehouse-stream.js');
  const { openStatusLine } = await import('../status-line.js');
  const { stopSignal } = await import('../stop-signal.js');
  const line = openStatusLine(process.stderr, Date.now);
  const warehouse = await openWarehouseStream(args.warehouse, args.lake);
  try {
    const status = await runStreaming(args, stopSignal(), (current) => {
      line.show(current);
      warehouse?.committed();
    });
    line.end();
    await warehouse?.finish();
    if (args.json) process.stdout.write(JSON.stringify(status) + '\n');
  } finally {
    await warehouse?.close();
  }
}
