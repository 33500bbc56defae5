import type { CommandModule } from 'yargs';
import { withDecideOptions, type DecideArguments } from '../../registry/decide-options.js';

export const rollbackCommand: CommandModule<object, DecideArguments> = {
  command: 'rollback',
  describe: 'go back to the champion before this one; a pipeline that runs takes it up with its next batch',
  builder: (yargs) =>
    withDecideOptions(yargs).example(
      '$0 model rollback --who ana --reason "alarms at night"',
      'twice: two promotions back',
    ) as never,
  handler: async (args) => {
    const { decide } = await import('../../registry/decide.js');
    await decide(args, (registry, decision) => registry.rollback(decision));
  },
};
