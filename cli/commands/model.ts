import type { CommandModule } from 'yargs';
import { evaluateCommand } from './model/evaluate.js';
import { scoreCommand } from './model/score.js';
import { trainCommand } from './model/train.js';

export const modelCommand: CommandModule = {
  command: 'model',
  describe: 'train an anomaly model, evaluate it, and score files with it',
  builder: (yargs) =>
    yargs
      .command(trainCommand)
      .command(evaluateCommand)
      .command(scoreCommand)
      .demandCommand(1, 'what shall be done with a model?')
      .example('$0 model train --data vitals.csv --algorithm forest --seed 1 --out model', 'make a model folder')
      .example('$0 model score --model model --data vitals.csv', 'one score a line'),
  handler: () => {},
};
