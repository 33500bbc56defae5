import { once } from 'node:events';
import type { CommandModule } from 'yargs';

interface ScoreArguments {
  readonly model: string;
  readonly data: string;
}

export const scoreCommand: CommandModule<object, ScoreArguments> = {
  command: 'score',
  describe: 'score the rows of a CSV file: one score a line, higher is more anomalous',
  builder: (yargs) =>
    yargs
      .option('model', { type: 'string', demandOption: true, describe: 'model folder' })
      .option('data', { type: 'string', demandOption: true, describe: "CSV file with the model's features" })
      .epilogue(
        'A row with fewer than half of the features gets NaN. A model that reads the past of a patient needs the columns patient_id and event_time.',
      )
      .example('$0 model score --model model --data vitals.csv', 'scores in the order of the rows')
      .example(
        '$0 model score --model model --data vitals.csv | sort -gr | head',
        'the most anomalous scores',
      ) as never,
  handler: async (args) => {
    const { readModelFolder } = await import('../../model-files.js');
    const { scoreFile } = await import('../../model-tables/score-file.js');
    for await (const { scores } of scoreFile(args.data, readModelFolder(args.model))) {
      if (scores.length > 0 && !process.stdout.write(scores.join('\n') + '\n')) await once(process.stdout, 'drain');
    }
  },
};
