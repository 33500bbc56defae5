import type { CommandModule } from 'yargs';
import { LAKE_OPTION } from '../../options.js';

interface ListArguments {
  readonly lake: string;
  readonly history: boolean;
  readonly json: boolean;
}

export const listCommand: CommandModule<object, ListArguments> = {
  command: 'list',
  describe: 'the models of a lake, which of them is what, and what was decided when and by whom',
  builder: (yargs) =>
    yargs
      .option('lake', LAKE_OPTION)
      .option('history', { type: 'boolean', default: false, describe: 'every decision, not every model' })
      .option('json', { type: 'boolean', default: false, describe: 'one JSON object a line' })
      .example('$0 model list', 'a table')
      .example('$0 model list --history', 'who promoted what, and why') as never,
  handler: async (args) => {
    const { listModels, listDecisions } = await import('../../registry/list-models.js');
    await (args.history ? listDecisions(args.lake, args.json) : listModels(args.lake, args.json));
  },
};
