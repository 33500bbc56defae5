import type { CommandModule } from 'yargs';
import { LAKE_OPTION } from '../../options.js';

interface ShowArguments {
  readonly lake: string;
  readonly id: string;
  readonly json: boolean;
}

export const showDeadLetterCommand: CommandModule<object, ShowArguments> = {
  command: 'show <id>',
  describe: 'one dead letter with the message as it came, which may identify a person',
  builder: (yargs) =>
    yargs
      .positional('id', { type: 'string', demandOption: true, describe: 'as list names it: BATCH-OFFSET-ITEM' })
      .option('lake', LAKE_OPTION)
      .option('json', { type: 'boolean', default: false, describe: 'one JSON object a line, the original in base64' })
      .example('$0 dead-letters show 12-3-0', 'why it was refused, and what it was')
      .example('$0 dead-letters show 12-3', 'all items of a message') as never,
  handler: async (args) => {
    const { showLetter } = await import('../../dead-letters/show-letter.js');
    await showLetter(args);
  },
};
