import type { CommandModule } from 'yargs';
import { doctorCommand } from './doctor.js';
import { modelCommand } from './model.js';
import { runCommand } from './run.js';
import { simulateCommand } from './simulate.js';
import { startCommand } from './start.js';

/** Every command, in the order in which `--help` shows them. */
export const COMMANDS: readonly CommandModule[] = [
  startCommand,
  simulateCommand,
  runCommand,
  modelCommand,
  doctorCommand,
] as readonly CommandModule[];
