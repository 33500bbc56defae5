import type { CommandModule } from 'yargs';
import { calibrateCommand } from './model/calibrate.js';
import { challengeCommand } from './model/challenge.js';
import { driftCommand } from './model/drift.js';
import { evaluateCommand } from './model/evaluate.js';
import { exportCommand } from './model/export.js';
import { listCommand } from './model/list.js';
import { promoteCommand } from './model/promote.js';
import { registerCommand } from './model/register.js';
import { retrainCommand } from './model/retrain.js';
import { rollbackCommand } from './model/rollback.js';
import { pushCommand } from './model/push.js';
import { scoreCommand } from './model/score.js';
import { trainCommand } from './model/train.js';

export const modelCommand: CommandModule = {
  command: 'model',
  describe: 'train an anomaly model, evaluate it, score files or a lake with it, and say which one a lake is scored by',
  builder: (yargs) =>
    yargs
      .command(trainCommand)
      .command(calibrateCommand)
      .command(evaluateCommand)
      .command(scoreCommand)
      .command(exportCommand)
      .command(pushCommand)
      .command(driftCommand)
      .command(retrainCommand)
      .command(registerCommand)
      .command(listCommand)
      .command(challengeCommand)
      .command(promoteCommand)
      .command(rollbackCommand)
      .demandCommand(1, 'what shall be done with a model?')
      .example('$0 model train --data vitals.csv --algorithm forest --seed 1 --out model', 'make a model folder')
      .example('$0 model score --model model --data vitals.csv', 'one score a line'),
  handler: () => {},
};
