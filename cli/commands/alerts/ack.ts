import type { CommandModule } from 'yargs';
import { LAKE_OPTION } from '../../options.js';
import { WHO_OPTIONS, type ActArguments } from '../../alerts/who-options.js';

export const acknowledgeCommand: CommandModule<object, ActArguments> = {
  command: 'ack [id]',
  describe: 'say that somebody has seen an alert',
  builder: (yargs) =>
    yargs
      .positional('id', { type: 'string', describe: 'the alert, as list shows it; --id=ID where it begins with -' })
      .demandOption('id')
      .option('lake', LAKE_OPTION)
      .options(WHO_OPTIONS)
      .example('$0 alerts ack Cmq0SdDJfbsj9Cx3f82mr7 --who "N. Okafor"', 'it can be repeated without harm') as never,
  handler: async (args) => {
    const { actFromShell } = await import('../../alerts/act-from-shell.js');
    await actFromShell(args, 'acknowledged');
  },
};
