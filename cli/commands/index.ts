import type { CommandModule } from 'yargs';
import { alarmsCommand } from './alarms.js';
import { alertsCommand } from './alerts.js';
import { auditCommand } from './audit.js';
import { cancelCommand } from './cancel.js';
import { compactCommand } from './compact.js';
import { dashboardCommand } from './dashboard.js';
import { decodeCommand } from './decode.js';
import { deadLettersCommand } from './dead-letters.js';
import { deployCommand } from './deploy.js';
import { doctorCommand } from './doctor.js';
import { drainCommand } from './drain.js';
import { loadCommand } from './load.js';
import { modelCommand } from './model.js';
import { pubsubCommand } from './pubsub.js';
import { queryCommand } from './query.js';
import { replayCommand } from './replay.js';
import { runCommand } from './run.js';
import { scoreCommand } from './score.js';
import { simulateCommand } from './simulate.js';
import { simulatorCommand } from './simulator.js';
import { startCommand } from './start.js';

/** Every command, in the order in which `--help` shows them. */
export const COMMANDS = [
  startCommand,
  simulateCommand,
  simulatorCommand,
  runCommand,
  decodeCommand,
  scoreCommand,
  queryCommand,
  dashboardCommand,
  alertsCommand,
  alarmsCommand,
  modelCommand,
  replayCommand,
  deadLettersCommand,
  auditCommand,
  compactCommand,
  loadCommand,
  pubsubCommand,
  drainCommand,
  cancelCommand,
  deployCommand,
  doctorCommand,
] as unknown as readonly CommandModule[];
