import type { CommandModule } from 'yargs';
import { alertsCommand } from './alerts.js';
import { auditCommand } from './audit.js';
import { cancelCommand } from './cancel.js';
import { compactCommand } from './compact.js';
import { dashboardCommand } from './dashboard.js';
import { decodeCommand } from './decode.js';
import { deployCommand } from './deploy.js';
import { doctorCommand } from './doctor.js';
import { drainCommand } from './drain.js';
import { loadCommand } from './load.js';
import { modelCommand } from './model.js';
import { pubsubCommand } from './pubsub.js';
import { queryCommand } from './query.js';
import { runCommand } from './run.js';
import { scoreCommand } from './score.js';
import { simulateCommand } from './simulate.js';
import { startCommand } from './start.js';

/** Every command, in the order in which `--help` shows them. */
export const COMMANDS = [
  startCommand,
  simulateCommand,
  runCommand,
  decodeCommand,
  scoreCommand,
  queryCommand,
  dashboardCommand,
  alertsCommand,
  modelCommand,
  auditCommand,
  compactCommand,
  loadCommand,
  pubsubCommand,
  drainCommand,
  cancelCommand,
  deployCommand,
  doctorCommand,
] as unknown as readonly CommandModule[];
