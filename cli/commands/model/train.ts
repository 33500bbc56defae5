import type { CommandModule } from 'yargs';
import type { TrainRequest } from '../../training/run-train.js';

export const trainCommand: CommandModule<object, TrainRequest> = {
  command: 'train',
  describe: 'train a model on a file, a lake or simulated history, and write it as a folder',
  builder: (yargs) =>
    yargs
      .option('data', { type: 'string', describe: 'CSV file; empty cells are missing values' })
      .option('lake', { type: 'string', describe: 'current silver of this lake, without what says more of a sensor' })
      .option('simulate', { type: 'number', describe: 'simulated history of so many patients' })
      .option('synthea', { type: 'string', describe: 'simulated history of people of a Synthea CSV export (folder)' })
      .option('from', { type: 'string', describe: 'lake: readings at this time or later (ISO 8601)' })
      .option('to', { type: 'string', describe: 'lake: readings before this time' })
      .option('most-readings', {
        type: 'number',
        default: 1_000_000,
        describe: 'lake: of more, those of a share of the patients, chosen by a hash',
      })
      .option('days', { type: 'number', default: 2, describe: 'simulated history: its length' })
      .option('interval', {
        type: 'number',
        describe: 'simulated history: seconds between two readings of a patient (600; of an lstm, a step)',
      })
      .option('simulation-seed', { type: 'string', default: 'history', describe: 'simulated history: any text' })
      .option('patients', { type: 'number', default: 100, describe: 'synthea: how many of its people' })
      .option('holdout', {
        type: 'number',
        describe: 'share of the patients and of the time to keep out of training and test on, such as 0.2',
      })
      .option('label', {
        type: 'string',
        describe: 'column with 1 for an anomaly, else 0: measured against, never trained on',
      })
      .option('features', {
        type: 'string',
        describe: 'columns, or features made from them, by comma; default: every numeric column but the label',
      })
      .option('algorithm', { choices: ['forest', 'autoencoder', 'lstm'], default: 'forest', describe: 'kind of model' })
      .option('seed', {
        type: 'number',
        default: 1,
        describe: 'same data and seed: same folder, byte for byte',
      })
      .option('out', {
        type: 'string',
        demandOption: true,
        describe: 'model folder to write; an older model is replaced',
      })
      .option('trees', { type: 'number', describe: 'forest: number of trees (100)' })
      .option('sample-size', { type: 'number', describe: 'forest: rows a tree is grown on (256)' })
      .option('missing-indicators', {
        type: 'boolean',
        default: false,
        describe: 'forest: tell missing values apart from medians, as networks always do',
      })
      .option('updates', { type: 'number', describe: 'autoencoder, lstm: batches to learn from (300)' })
      .option('steps', { type: 'number', describe: "lstm: steps of a patient's past (10)" })
      .option('step-seconds', { type: 'number', describe: 'lstm: length of a step (60)' })
      .option('threshold-quantile', {
        type: 'number',
        describe: 'share of the training rows to score below the threshold (0.995)',
      })
      .option('json', { type: 'boolean', default: false, describe: 'print what was trained as one JSON object' })
      .example('$0 model train --data vitals.csv --seed 1 --out model', 'all numeric columns')
      .example(
        '$0 model train --lake .vitals/lake --holdout 0.2 --out model',
        'silver, tested on patients and days of their own',
      )
      .example('$0 model train --simulate 500 --days 2 --out model', 'simulated history')
      .example(
        '$0 model train --data icu.csv --label died --features heart_rate,spo2 --seed 1 --out icu',
        'two columns, measured',
      )
      .example('$0 model train --data vitals.csv --seed 1 --out model --json | jq .threshold', 'for a program')
      .example(
        '$0 model train --data vitals.csv --algorithm autoencoder --features heart_rate,spo2,shock_index --out model',
        'a network, on a derived value too',
      )
      .example(
        '$0 model train --data vitals.csv --algorithm lstm --features heart_rate,spo2 --out model',
        'the last ten minutes of each patient_id by event_time',
      ) as never,
  handler: async (args) => {
    const { runTrain } = await import('../../training/run-train.js');
    await runTrain(args);
  },
};
