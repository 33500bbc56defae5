import type { CommandModule } from 'yargs';
import type { SnapshotFlags } from '../../pubsub/snapshot.js';

interface SnapshotArguments extends SnapshotFlags {
  readonly json: boolean;
}

export const snapshotCommand: CommandModule<object, SnapshotArguments> = {
  command: 'snapshot',
  describe: 'remember what a subscription has not read yet, to seek back to it later',
  builder: (yargs) =>
    yargs
      .option('subscription', { type: 'string', demandOption: true, describe: 'pubsub:projects/P/subscriptions/S' })
      .option('snapshot', { type: 'string', demandOption: true, describe: 'its name: pubsub:projects/P/snapshots/N' })
      .option('json', { type: 'boolean', default: false, describe: 'the result as one JSON object' })
      .example(
        '$0 pubsub snapshot --subscription pubsub:projects/P/subscriptions/lake --snapshot pubsub:projects/P/snapshots/before-rules-2',
        'before a change that may have to be undone',
      ) as never,
  handler: async ({ json, ...flags }) => {
    const { takeSnapshot } = await import('../../pubsub/snapshot.js');
    const taken = await takeSnapshot(flags);
    const text = `${taken.snapshot} keeps ${taken.topic} from here, until ${taken.expires ?? 'it expires'}`;
    process.stdout.write(`${json ? JSON.stringify(taken) : text}\n`);
  },
};
