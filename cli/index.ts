#!/usr/bin/env node
import { pathToFileURL } from 'node:url';
import { realpathSync } from 'node:fs';
import yargs from 'yargs';
import { ConfigurationError } from '../schema/errors.js';
import { COMMANDS } from './commands/index.js';

/** Exit codes: 0 done, 1 failure, 2 wrong usage. */
const FAILURE = 1;
const USAGE = 2;

/** Runs one `vitals` command line; failures become one line on stderr and an exit code, never a stack trace. */
export async function main(argv: readonly string[]): Promise<void> {
  let usageError = false;
  const parser = yargs([...argv])
    .scriptName('vitals')
    .usage('$0 <command>\n\nA real-time lakehouse for patient vitals. Not a medical device.')
    .parserConfiguration({ 'duplicate-arguments-array': false })
    .config('config', 'JSON file with values for any option')
    .env('VITALS')
    .completion('completion', 'print a shell completion script')
    .demandCommand(1, 'Which command? See the list above.')
    .strict()
    .recommendCommands()
    .wrap(Math.min(120, process.stdout.columns ?? 120))
    .epilogue('Every option can also be set as VITALS_<OPTION> or in a --config file.')
    .exitProcess(false)
    .fail((message, error, instance) => {
      if (error) throw error;
      usageError = true;
      process.stderr.write(`${instance.help().toString()}\n\nvitals: ${message}\n`);
    });
  for (const command of COMMANDS) parser.command(command);
  try {
    await parser.parseAsync();
    if (usageError) process.exitCode = USAGE;
  } catch (error) {
    process.stderr.write(`vitals: ${describe(error)}\n`);
    process.exitCode = usageError ? USAGE : FAILURE;
  }
}

function describe(error: unknown): string {
  if (error instanceof ConfigurationError) return error.message;
  if (!(error instanceof Error)) return String(error);
  return process.env['VITALS_DEBUG'] ? (error.stack ?? error.message) : `${error.message} (VITALS_DEBUG=1 shows where)`;
}

if (process.argv[1] && import.meta.url === pathToFileURL(realpathSync(process.argv[1])).href) {
  await main(process.argv.slice(2));
}
