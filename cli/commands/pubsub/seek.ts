import type { CommandModule } from 'yargs';
import type { SeekFlags } from '../../pubsub/seek.js';
import { lakeUrl } from '../../lake-url.js';
import { LAKE_OPTION } from '../../options.js';

interface SeekArguments extends SeekFlags {
  readonly json: boolean;
}

export const seekCommand: CommandModule<object, SeekArguments> = {
  command: 'seek',
  describe: 'turn a subscription to a snapshot or a time, so that its messages are delivered again',
  builder: (yargs) =>
    yargs
      .option('subscription', { type: 'string', demandOption: true, describe: 'pubsub:projects/P/subscriptions/S' })
      .option('snapshot', { type: 'string', describe: 'seek to this: pubsub:projects/P/snapshots/N' })
      .option('time', { type: 'string', describe: 'seek to this publish time (ISO 8601)' })
      .option('discard', {
        type: 'boolean',
        default: false,
        describe: 'allow a time to come: all until then is dropped',
      })
      .option('lake', { ...LAKE_OPTION, describe: 'lake that the subscription feeds: no pipeline may write it now' })
      .option('json', { type: 'boolean', default: false, describe: 'the result as one JSON object' })
      .example(
        '$0 pubsub seek --subscription pubsub:projects/P/subscriptions/lake --snapshot pubsub:projects/P/snapshots/before-rules-2',
        'replay from a snapshot, into a new lake or the same one',
      )
      .epilogue(
        'First stop the pipeline (vitals run: Ctrl-C; Dataflow: vitals drain) and wait until it has ended.',
      ) as never,
  handler: async ({ json, ...flags }) => {
    const { seekSubscription } = await import('../../pubsub/seek.js');
    const sought = await seekSubscription({ ...flags, lake: lakeUrl(flags.lake) }, Date.now());
    process.stdout.write(`${json ? JSON.stringify(sought) : `${sought.subscription} stands at ${sought.to}`}\n`);
    process.stderr.write('It may take a minute until every message is delivered from there.\n');
  },
};
