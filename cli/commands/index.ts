import type { CommandModule } from 'yargs';
import { auditCommand } from './audit.js';
import { decodeCommand } from './decode.js';
import { doctorCommand } from './doctor.js';
import { modelCommand } from './model.js';
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
  modelCommand,
  auditCommand,
  doctorCommand,
] as unknown as readonly CommandModule[];
