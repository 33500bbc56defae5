import type { CommandModule } from 'yargs';
import { realismCommand } from './simulator/realism.js';

export const simulatorCommand: CommandModule = {
  command: 'simulator',
  describe: 'examine the simulator itself',
  builder: (yargs) =>
    yargs
      .command(realismCommand)
      .demandCommand(1, 'what shall be done with the simulator?')
      .example('$0 simulator realism', 'compare simulated patients with published figures'),
  handler: () => {},
};
