import type { CommandModule } from 'yargs';
import { LAKE_OPTION } from '../../options.js';
import type { RetrainRequest } from '../../retraining/request.js';

export const retrainCommand: CommandModule<object, RetrainRequest> = {
  command: 'retrain',
  describe: 'train on recent silver, compare with the champion, and let it challenge or score if it is not worse',
  builder: (yargs) =>
    yargs
      .option('lake', LAKE_OPTION)
      .option('who', { type: 'string', demandOption: true, describe: 'who decides: a person or a scheduler' })
      .option('algorithm', {
        choices: ['forest', 'autoencoder'] as const,
        default: 'forest' as const,
        describe: 'kind of model',
      })
      .option('simulate', {
        type: 'number',
        describe: 'train on simulated history of so many patients instead of silver',
      })
      .option('from', {
        type: 'string',
        describe: 'silver at this time or later (ISO 8601); --window-days before the end',
      })
      .option('to', { type: 'string', describe: 'silver before this time; the newest reading' })
      .option('window-days', { type: 'number', default: 14, describe: 'days of silver, back from its end' })
      .option('most-readings', {
        type: 'number',
        default: 1_000_000,
        describe: 'of more, those of a share of the patients',
      })
      .option('least-readings', { type: 'number', default: 10_000, describe: 'of fewer, no model is made' })
      .option('holdout', {
        type: 'number',
        default: 0.2,
        describe: 'share of patients and time that is not trained on',
      })
      .option('seed', { type: 'number', default: 1, describe: 'of the training' })
      .option('false-alarms', { type: 'number', default: 0.5, describe: 'alarms per patient-day to calibrate for' })
      .option('measure', {
        choices: ['auc', 'sensitivity'] as const,
        default: 'auc' as const,
        describe: 'ranking of minutes, or events found at equal rates of false alarms',
      })
      .option('margin', { type: 'number', default: 0.01, describe: 'how much worse is still not worse' })
      .option('then', {
        choices: ['challenge', 'promote'] as const,
        default: 'challenge' as const,
        describe: 'what becomes of a candidate that is not worse',
      })
      .option('patients', { type: 'number', default: 300, describe: 'simulated patients of the comparison' })
      .option('days', { type: 'number', default: 2, describe: 'for so many days' })
      .option('quiet-patients', { type: 'number', default: 100, describe: 'simulated patients who stay well' })
      .option('quiet-days', { type: 'number', default: 7, describe: 'for so many days' })
      .option('json', { type: 'boolean', default: false, describe: 'print the outcome as one JSON object' })
      .epilogue('Exit 0 with a decision, whatever it is. The same data and options again train nothing.')
      .example('$0 model retrain --who scheduler', 'a challenger, where it is not worse')
      .example('$0 model retrain --who scheduler --then promote --json | jq .outcome', 'for a program') as never,
  handler: async (args) => {
    const { retrain } = await import('../../retraining/run-retrain.js');
    const { outcome, model_id, reason, champion } = await retrain(args, Date.now, (text) => {
      process.stderr.write(`vitals: ${text}\n`);
    });
    if (args.json) process.stdout.write(JSON.stringify({ outcome, model_id, champion, reason }) + '\n');
    process.stderr.write(`vitals: ${outcome}: ${model_id === null ? '' : `${model_id}: `}${reason}\n`);
    process.stderr.write(`vitals: champion ${champion ?? '-'}\n`);
  },
};
