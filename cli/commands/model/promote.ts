import type { CommandModule } from 'yargs';
import { withDecideOptions, type DecideArguments } from '../../registry/decide-options.js';

interface PromoteArguments extends DecideArguments {
  readonly model: string | undefined;
}

export const promoteCommand: CommandModule<object, PromoteArguments> = {
  command: 'promote [model]',
  describe: 'make a registered model the champion; a pipeline that runs takes it up with its next batch',
  builder: (yargs) =>
    withDecideOptions(yargs)
      .positional('model', { type: 'string', describe: 'its id, as model list shows it; default: the challenger' })
      .example('$0 model promote --who ana --reason "fewer false alarms in March"', 'the challenger takes over')
      .example('$0 model promote forest-3f2a91c07b5e --who ana', 'a model by its id; it can be repeated') as never,
  handler: async (args) => {
    const { decide } = await import('../../registry/decide.js');
    await decide(args, (registry, decision) => registry.promote(args.model ?? null, decision));
  },
};
