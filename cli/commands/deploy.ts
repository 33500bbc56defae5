import type { CommandModule } from 'yargs';
import { planCommand } from './deploy/plan.js';

export const deployCommand: CommandModule = {
  command: 'deploy',
  describe: 'what a deployment on Google Cloud would make and cost, and the commands in order',
  builder: (yargs) =>
    yargs
      .command(planCommand)
      .demandCommand(1, 'What shall be done? See the list above.')
      .example('$0 deploy plan --project P --region europe-west4 --patients 500 --interval 1', '500 beds at 1 Hz'),
  handler: () => {},
};
