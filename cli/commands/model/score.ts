import { once } from 'node:events';
import type { CommandModule } from 'yargs';
import { ConfigurationError } from '../../../schema/errors.js';

interface ScoreArguments {
  readonly model: string;
  readonly data: string | undefined;
  readonly lake: string | undefined;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly alarms: boolean;
}

export const scoreCommand: CommandModule<object, ScoreArguments> = {
  command: 'score',
  describe: 'score the rows of a CSV file or the readings of a lake; higher is more anomalous',
  builder: (yargs) =>
    yargs
      .option('model', { type: 'string', demandOption: true, describe: 'model folder' })
      .option('data', { type: 'string', describe: "CSV file with the model's features: prints one score a line" })
      .option('lake', { type: 'string', describe: 'score silver of this lake: prints one JSON object a reading' })
      .option('from', { type: 'string', describe: 'readings of a lake at this time or later (ISO 8601)' })
      .option('to', { type: 'string', describe: 'readings of a lake before this time' })
      .option('alarms', {
        type: 'boolean',
        default: false,
        describe: "print a lake's alarms by the calibration of the model instead",
      })
      .epilogue(
        'A row with fewer than half of the features gets NaN (null). A model that reads the past of a patient needs the columns patient_id and event_time of a file; in a lake it finds it.',
      )
      .example('$0 model score --model model --data vitals.csv', 'scores in the order of the rows')
      .example('$0 model score --model model --data vitals.csv | sort -gr | head', 'the most anomalous scores')
      .example('$0 model score --model lstm --lake .vitals/lake | jq "select(.anomaly)"', 'a model that reads windows')
      .example('$0 model score --model lstm --lake .vitals/lake --alarms', '3 of 5 minutes anomalous') as never,
  handler: async ({ model, data, alarms, from, to, ...rest }) => {
    const { readModelFolder } = await import('../../model-files.js');
    const { chosenLake } = await import('../../training/lake-argument.js');
    const lake = chosenLake(rest.lake, data !== undefined);
    if ((data === undefined) === (lake === undefined)) {
      const problem = data === undefined ? 'what to score is not said' : '--data and --lake are two sources';
      throw new ConfigurationError('--data', problem, 'Give --data FILE.csv or --lake DIR.');
    }
    if (lake !== undefined) {
      const { runScoreLake } = await import('../../lake-scores/run-score-lake.js');
      return runScoreLake(readModelFolder(model), { lake, from, to, alarms });
    }
    const flag = alarms ? '--alarms' : from !== undefined ? '--from' : to !== undefined ? '--to' : null;
    if (flag !== null)
      throw new ConfigurationError(flag, 'is about a lake', 'Leave it out, or name a lake with --lake.');
    const { scoreFile } = await import('../../model-tables/score-file.js');
    for await (const { scores } of scoreFile(data!, readModelFolder(model))) {
      if (scores.length > 0 && !process.stdout.write(scores.join('\n') + '\n')) await once(process.stdout, 'drain');
    }
  },
};
