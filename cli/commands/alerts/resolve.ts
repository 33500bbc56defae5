import type { CommandModule } from 'yargs';
import { LAKE_OPTION } from '../../options.js';
import { WHO_OPTIONS, type ActArguments } from '../../alerts/who-options.js';

export const resolveCommand: CommandModule<object, ActArguments> = {
  command: 'resolve [id]',
  describe: 'say that an alert is dealt with',
  builder: (yargs) =>
    yargs
      .positional('id', { type: 'string', describe: 'the alert, as list shows it; --id=ID where it begins with -' })
      .demandOption('id')
      .option('lake', LAKE_OPTION)
      .options(WHO_OPTIONS)
      .example(
        '$0 alerts resolve Cmq0SdDJfbsj9Cx3f82mr7 --who "N. Okafor"',
        'it can be repeated without harm',
      ) as never,
  handler: async (args) => {
    const { actFromShell } = await import('../../alerts/act-from-shell.js');
    await actFromShell(args, 'resolved');
  },
};
