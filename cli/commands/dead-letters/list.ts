import type { CommandModule } from 'yargs';
import { LAKE_OPTION } from '../../options.js';
import { withSelectionFlags, type SelectionFlags } from './selection-flags.js';

interface ListArguments extends SelectionFlags {
  readonly lake: string;
  readonly each: boolean;
  readonly limit: number;
  readonly json: boolean;
}

export const listDeadLettersCommand: CommandModule<object, ListArguments> = {
  command: 'list',
  describe: 'counts by reason with examples; never the messages themselves, which may identify people',
  builder: (yargs) =>
    withSelectionFlags(yargs.option('lake', LAKE_OPTION))
      .option('each', { type: 'boolean', default: false, describe: 'every dead letter, newest first' })
      .option('limit', { type: 'number', default: 200, describe: 'with --each: at most so many' })
      .option('json', { type: 'boolean', default: false, describe: 'one JSON object a line' })
      .example('$0 dead-letters list', 'what was refused, by reason')
      .example('$0 dead-letters list --each --reason NO_TZ --since 2026-11-21', 'one by one') as never,
  handler: async (args) => {
    const { listLetters } = await import('../../dead-letters/list-letters.js');
    await listLetters(args);
  },
};
