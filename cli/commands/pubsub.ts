import type { CommandModule } from 'yargs';
import { seekCommand } from './pubsub/seek.js';
import { setupCommand } from './pubsub/setup.js';
import { snapshotCommand } from './pubsub/snapshot.js';

export const pubsubCommand: CommandModule = {
  command: 'pubsub',
  describe: 'make topics and subscriptions, and turn a subscription back to replay it',
  builder: (yargs) =>
    yargs
      .command(setupCommand)
      .command(snapshotCommand)
      .command(seekCommand)
      .demandCommand(1, 'What shall be done? See the list above.')
      .example('$0 pubsub setup --topic pubsub:projects/P/topics/vitals', 'a topic that keeps messages for a week'),
  handler: () => {},
};
