import { spawn, type ChildProcess } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { resolve } from 'node:path';

/** The command itself, by the entry that `vitals` loads, with the parser that it has. */
const PROGRAM = `
import yargs from 'yargs';
const { loadCommand } = await import(process.argv[1]);
const parser = yargs(process.argv.slice(2)).command(loadCommand).strict().exitProcess(false).fail((message, error) => {
  throw error ?? new Error(message);
});
try {
  await parser.parseAsync();
} catch (error) {
  process.stderr.write(error.message + '\\n');
  process.exitCode = 1;
}`;

/** Starts a built `vitals load` as a process, its warehouse a stand-in. */
export function startLoad(args: readonly string[], warehouse: string): ChildProcess {
  const entry = pathToFileURL(resolve('dist/cli/commands/load.js')).href;
  const env = { ...process.env, BIGQUERY_EMULATOR_HOST: warehouse };
  delete (env as Record<string, string | undefined>)['NODE_OPTIONS'];
  return spawn(process.execPath, ['--input-type=module', '-e', PROGRAM, entry, 'load', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env,
  });
}
