import type { CommandModule } from 'yargs';
import { ConfigurationError } from '../../../schema/errors.js';

interface EvaluateArguments {
  readonly model: string;
  readonly data: string;
  readonly label: string;
  readonly json: boolean;
}

export const evaluateCommand: CommandModule<object, EvaluateArguments> = {
  command: 'evaluate',
  describe: 'measure a model on labelled rows: AUC and average precision',
  builder: (yargs) =>
    yargs
      .option('model', { type: 'string', demandOption: true, describe: 'model folder' })
      .option('data', { type: 'string', demandOption: true, describe: "CSV file with the model's features" })
      .option('label', { type: 'string', demandOption: true, describe: 'column with 1 for an anomaly, else 0' })
      .option('json', { type: 'boolean', default: false, describe: 'print one JSON object' })
      .example('$0 model evaluate --model model --data labelled.csv --label anomaly', 'for people')
      .example(
        '$0 model evaluate --model model --data labelled.csv --label anomaly --json | jq .auc',
        'for a program',
      ) as never,
  handler: async (args) => {
    const { evaluateScores } = await import('../../../model/evaluate.js');
    const { readModelFolder } = await import('../../model-files.js');
    const { LabelColumn } = await import('./label-column.js');
    const { scoreFile } = await import('./score-file.js');
    const labels = new LabelColumn(args.label);
    const chunks: Float64Array[] = [];
    for await (const { header, records, lines, scores } of scoreFile(args.data, readModelFolder(args.model))) {
      const place = header.indexOf(args.label, '--label');
      for (const [i, record] of records.entries()) labels.add(record[place]!, lines[i]!);
      chunks.push(scores);
    }
    const evaluation = evaluateScores(joined(chunks), labels.values());
    if (Number.isNaN(evaluation.auc)) {
      const problem = `column '${args.label}' does not hold both 0 and 1 in the ${evaluation.rows} rows that have a score`;
      throw new ConfigurationError(
        '--label',
        problem,
        'Name a column that marks anomalies with 1 and other rows with 0.',
      );
    }
    const unscored = labels.values().length - evaluation.rows;
    if (unscored > 0) process.stderr.write(`${unscored} rows have fewer than half of the features and no score\n`);
    process.stdout.write(
      args.json
        ? JSON.stringify(evaluation) + '\n'
        : `AUC                ${evaluation.auc.toFixed(4)}\n` +
            `average precision  ${evaluation.average_precision.toFixed(4)}\n` +
            `rows               ${evaluation.rows}\n`,
    );
  },
};

function joined(chunks: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(chunks.reduce((count, chunk) => count + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}
