import type { CommandModule } from 'yargs';
import { ConfigurationError } from '../../../schema/errors.js';

interface EvaluateArguments {
  readonly model: readonly string[];
  readonly data: string | undefined;
  readonly label: string | undefined;
  readonly scenarios: boolean;
  readonly patients: number;
  readonly days: number;
  readonly 'quiet-patients': number;
  readonly 'quiet-days': number;
  readonly seed: string;
  readonly 'false-alarms': number;
  readonly out: string | undefined;
  readonly json: boolean;
}

export const evaluateCommand: CommandModule<object, EvaluateArguments> = {
  command: 'evaluate',
  describe: 'measure a model on labelled rows, or models on simulated patients that they have never seen',
  builder: (yargs) =>
    yargs
      .option('model', {
        type: 'string',
        array: true,
        demandOption: true,
        describe: 'model folder; with --scenarios several, one after the other',
      })
      .option('data', { type: 'string', describe: "CSV file with the model's features" })
      .option('label', { type: 'string', describe: 'column of the file with 1 for an anomaly, else 0' })
      .option('scenarios', {
        type: 'boolean',
        default: false,
        describe: 'simulate patients instead, and compare with NEWS2, single thresholds and chance',
      })
      .option('patients', { type: 'number', default: 500, describe: 'patients who may deteriorate' })
      .option('days', { type: 'number', default: 2, describe: 'for so many days' })
      .option('quiet-patients', {
        type: 'number',
        default: 100,
        describe: 'patients who stay well: as many to set thresholds on as to check them on',
      })
      .option('quiet-days', { type: 'number', default: 7, describe: 'for so many days' })
      .option('seed', { type: 'string', default: 'scenarios', describe: 'any text: another one, other patients' })
      .option('false-alarms', {
        type: 'number',
        default: 0.5,
        describe: 'alarms per patient-day to set thresholds for',
      })
      .option('out', { type: 'string', describe: 'folder for the report with its plots; without it, it is printed' })
      .option('json', { type: 'boolean', default: false, describe: 'print one JSON object' })
      .example('$0 model evaluate --model model --data labelled.csv --label anomaly', 'for people')
      .example('$0 model evaluate --model model --data labelled.csv --label anomaly --json | jq .auc', 'for a program')
      .example('$0 model evaluate --scenarios --model forest autoencoder lstm --out report', 'side by side') as never,
  handler: async (args) => {
    if (args.scenarios) return evaluateOnScenarios(args);
    const { model, data, label } = requireLabelledFile(args);
    const { evaluateScores } = await import('../../../model/evaluate.js');
    const { readModelFolder } = await import('../../model-files.js');
    const { scoreFile } = await import('../../model-tables/score-file.js');
    const chunks: Float64Array[] = [];
    const labelled: Uint8Array[] = [];
    for await (const { scores, labels } of scoreFile(data, readModelFolder(model), label)) {
      chunks.push(scores);
      labelled.push(labels!);
    }
    const labels = Uint8Array.from(Buffer.concat(labelled));
    const evaluation = evaluateScores(joined(chunks), labels);
    if (Number.isNaN(evaluation.auc)) {
      const problem = `column '${label}' does not hold both 0 and 1 in the ${evaluation.rows} rows that have a score`;
      throw new ConfigurationError(
        '--label',
        problem,
        'Name a column that marks anomalies with 1 and other rows with 0.',
      );
    }
    const unscored = labels.length - evaluation.rows;
    if (unscored > 0)
      process.stderr.write(`${unscored} rows have too few features, or too little of a past, and no score\n`);
    process.stdout.write(
      args.json
        ? JSON.stringify(evaluation) + '\n'
        : `AUC                ${evaluation.auc.toFixed(4)}\n` +
            `average precision  ${evaluation.average_precision.toFixed(4)}\n` +
            `rows               ${evaluation.rows}\n`,
    );
  },
};

async function evaluateOnScenarios(args: EvaluateArguments): Promise<void> {
  const { runScenarios } = await import('../../evaluation/run-scenarios.js');
  await runScenarios({
    models: args.model,
    patients: args.patients,
    days: args.days,
    quietPatients: args['quiet-patients'],
    quietDays: args['quiet-days'],
    seed: args.seed,
    falseAlarms: args['false-alarms'],
    out: args.out,
    json: args.json,
  });
}

function requireLabelledFile({ model, data, label }: EvaluateArguments) {
  const [only, ...others] = model;
  if (data === undefined || label === undefined) {
    const flag = data === undefined ? '--data' : '--label';
    throw new ConfigurationError(flag, 'is missing', 'Give --data FILE.csv --label COLUMN, or --scenarios.');
  }
  if (only === undefined || others.length > 0) {
    throw new ConfigurationError('--model', 'a file is scored by one model', 'Give one --model, or --scenarios.');
  }
  return { model: only, data, label };
}

function joined(chunks: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(chunks.reduce((count, chunk) => count + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}
