import type { CommandModule } from 'yargs';
import { acknowledgeCommand } from './alerts/ack.js';
import { listCommand } from './alerts/list.js';
import { resolveCommand } from './alerts/resolve.js';

export const alertsCommand: CommandModule = {
  command: 'alerts <command>',
  describe: 'what people do about alerts: list, acknowledge, resolve, beside a running pipeline',
  builder: (yargs) =>
    yargs
      .command([listCommand, acknowledgeCommand, resolveCommand] as unknown as CommandModule[])
      .demandCommand(1, 'list, ack or resolve?'),
  handler: () => undefined,
};
