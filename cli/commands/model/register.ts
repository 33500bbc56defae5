import type { CommandModule } from 'yargs';
import { withDecideOptions, type DecideArguments } from '../../registry/decide-options.js';

interface RegisterArguments extends DecideArguments {
  readonly folder: string;
  readonly promote: boolean | undefined;
  readonly challenge: boolean | undefined;
}

export const registerCommand: CommandModule<object, RegisterArguments> = {
  command: 'register <folder>',
  describe: 'take a model into the registry of a lake',
  builder: (yargs) =>
    withDecideOptions(yargs)
      .positional('folder', { type: 'string', describe: 'model folder' })
      .demandOption('folder')
      .option('promote', { type: 'boolean', describe: 'and make it the champion at once' })
      .option('challenge', { type: 'boolean', describe: "and let it score in the champion's shadow" })
      .conflicts('promote', 'challenge')
      .example('$0 model register model --who ana --promote', 'the first champion: vitals run --model champion')
      .example(
        '$0 model register better --who ana --challenge',
        'its scores stand beside, and decide nothing',
      ) as never,
  handler: async (args) => {
    const { encodeModelFolder } = await import('../../../model/model-folder.js');
    const { readModelFolder } = await import('../../model-files.js');
    const { decide } = await import('../../registry/decide.js');
    const files = encodeModelFolder(readModelFolder(args.folder));
    await decide(args, async (registry, decision) => {
      const registered = await registry.register(files, args.folder, decision);
      if (args.promote !== true && args.challenge !== true) return registered;
      const { id } = registered;
      const next =
        args.promote === true ? await registry.promote(id, decision) : await registry.challenge(id, decision);
      return { events: [...registered.events, ...next.events], aliases: next.aliases };
    });
  },
};
