import type { CommandModule } from 'yargs';
import { LAKE_OPTION } from '../../options.js';
import type { DriftRequest } from '../../drift/run-drift.js';

export const driftCommand: CommandModule<object, DriftRequest> = {
  command: 'drift',
  describe: 'how far the readings of each ward and hour are from what a model was trained on',
  builder: (yargs) =>
    yargs
      .option('lake', LAKE_OPTION)
      .option('model', { type: 'string', default: 'champion', describe: 'model folder, or champion of the lake' })
      .option('from', { type: 'string', describe: 'measured at this time or later (ISO 8601); a day before --to' })
      .option('to', { type: 'string', describe: 'measured before this time; the newest reading' })
      .option('by', { choices: ['ward', 'hospital'] as const, default: 'ward' as const, describe: 'what is compared' })
      .option('record', { type: 'boolean', default: false, describe: 'append to gold.model_drift what is new' })
      .option('fail-on', {
        choices: ['moderate', 'major'] as const,
        describe: 'exit 1 where a verdict is this or worse, for a scheduler',
      })
      .option('if-champion', {
        type: 'boolean',
        default: false,
        describe: 'do nothing where the lake has no champion yet, for a scheduler',
      })
      .option('all', { type: 'boolean', default: false, describe: 'print stable comparisons too' })
      .option('json', { type: 'boolean', default: false, describe: 'every comparison, one JSON object a line' })
      .epilogue('PSI below 0.1 is stable, above 0.25 major, where as many patients do not differ so much by chance.')
      .example('$0 model drift', "the last day against the lake's champion")
      .example('$0 model drift --model model --by hospital --json | jq .psi', 'for a program')
      .example('$0 model drift --record --if-champion --fail-on major', 'for a scheduler') as never,
  handler: async (args) => {
    const { runDrift } = await import('../../drift/run-drift.js');
    if (await runDrift(args, Date.now)) process.exitCode = 1;
  },
};
