import { basename } from 'node:path';
import type { CommandModule } from 'yargs';
import { ConfigurationError } from '../../../schema/errors.js';

interface TrainArguments {
  readonly data: string;
  readonly label: string | undefined;
  readonly features: string | undefined;
  readonly algorithm: 'forest' | 'autoencoder' | 'lstm';
  readonly seed: number;
  readonly out: string;
  readonly trees: number | undefined;
  readonly 'sample-size': number | undefined;
  readonly 'threshold-quantile': number | undefined;
  readonly json: boolean;
}

export const trainCommand: CommandModule<object, TrainArguments> = {
  command: 'train',
  describe: 'train a model on a CSV file with a header, and write it as a folder',
  builder: (yargs) =>
    yargs
      .option('data', { type: 'string', demandOption: true, describe: 'CSV file; empty cells are missing values' })
      .option('label', {
        type: 'string',
        describe: 'column with 1 for an anomaly, else 0: measured against, never trained on',
      })
      .option('features', { type: 'string', describe: 'columns, by comma; default: every numeric one but the label' })
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
      .option('trees', { type: 'number', describe: 'number of trees (100)' })
      .option('sample-size', { type: 'number', describe: 'rows a tree is grown on (256)' })
      .option('threshold-quantile', {
        type: 'number',
        describe: 'share of the training rows to score below the threshold (0.995)',
      })
      .option('json', { type: 'boolean', default: false, describe: 'print what was trained as one JSON object' })
      .example('$0 model train --data vitals.csv --seed 1 --out model', 'all numeric columns')
      .example(
        '$0 model train --data icu.csv --label died --features heart_rate,spo2 --seed 1 --out icu',
        'two columns, measured',
      )
      .example(
        '$0 model train --data vitals.csv --seed 1 --out model --json | jq .threshold',
        'for a program',
      ) as never,
  handler: async (args) => {
    if (args.algorithm !== 'forest') {
      const problem = `'${args.algorithm}' is not in this version`;
      throw new ConfigurationError('--algorithm', problem, 'Use --algorithm forest.');
    }
    const { featureUnit } = await import('../../../model/features.js');
    const { trainForestOn } = await import('../../../model/train.js');
    const { writeModelFolder } = await import('../../model-files.js');
    const { codeVersion } = await import('./code-version.js');
    const { readTrainingTable } = await import('./training-table.js');
    const named = args.features?.split(',').map((name) => name.trim()) ?? null;
    const table = await readTrainingTable(args.data, named, args.label ?? null);
    const features = table.features.map((name) => ({ name, unit: featureUnit(name) }));
    const model = trainForestOn(table.data, features, {
      seed: args.seed,
      source: basename(args.data),
      codeVersion: codeVersion(),
      trees: args.trees,
      sampleSize: args['sample-size'],
      thresholdQuantile: args['threshold-quantile'],
      dataSha256: table.sha256,
      labels: table.labels ?? undefined,
    });
    writeModelFolder(args.out, model);
    const { id, threshold, training, metrics } = model;
    const { skipped } = table;
    if (skipped.length > 0) process.stderr.write(`left out, not numeric: ${skipped.join(', ')}\n`);
    process.stderr.write(
      `${id}: ${training.usable_rows} rows of ${table.features.join(', ')}, written to ${args.out}\n`,
    );
    if (args.json) {
      process.stdout.write(
        JSON.stringify({ id, features: table.features, skipped, threshold, training, metrics }) + '\n',
      );
    }
  },
};
