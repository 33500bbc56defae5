import type { CommandModule } from 'yargs';
import { withDecideOptions, type DecideArguments } from '../../registry/decide-options.js';

interface ChallengeArguments extends DecideArguments {
  readonly model: string;
}

export const challengeCommand: CommandModule<object, ChallengeArguments> = {
  command: 'challenge <model>',
  describe: "let a registered model score in the champion's shadow; none ends the shadow",
  builder: (yargs) =>
    withDecideOptions(yargs)
      .positional('model', { type: 'string', describe: 'its id, as model list shows it, or none' })
      .demandOption('model')
      .example('$0 model challenge forest-3f2a91c07b5e --who ana', 'see challenger_score in silver.patient_vitals')
      .example('$0 model challenge none --who ana', 'nothing scores in the shadow') as never,
  handler: async (args) => {
    const { decide } = await import('../../registry/decide.js');
    await decide(args, (registry, decision) =>
      args.model === 'none' ? registry.retire(decision) : registry.challenge(args.model, decision),
    );
  },
};
