#!/usr/bin/env node
import { realpathSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import yargs from 'yargs';
import { COMMANDS } from './commands/index.js';

/** Exit codes: 0 done, 1 failure, 2 wrong usage. */
const FAILURE = 1;
const USAGE = 2;

/** The command line itself was wrong: nothing has been done. */
class UsageError extends Error {}

/** A reader that has seen enough (`| head`) closes the pipe: that ends a command, and is no failure. */
function endWithReader(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
}

/** Runs one `vitals` command line; failures become one line on stderr and an exit code, never a stack trace. */
export async function main(argv: readonly string[]): Promise<void> {
  const parser = yargs([...argv])
    .scriptName('vitals')
    .usage('$0 <command>\n\nA real-time lakehouse for patient vitals. Not a medical device.')
    .parserConfiguration({ 'duplicate-arguments-array': false })
    .config('config', 'JSON file with values for any option')
    .env('VITALS')
    .option('debug', { type: 'boolean', hidden: true, describe: 'show where an error comes from' })
    .completion('completion', 'print a shell completion script')
    .demandCommand(1, 'which command?')
    .strict()
    .recommendCommands()
    .wrap(Math.min(120, process.stdout.columns ?? 120))
    .epilogue('Every option can also be set as VITALS_<OPTION> or in a --config file.')
    .exitProcess(false)
    .fail((message, error) => {
      throw error ?? new UsageError(message);
    });
  for (const command of COMMANDS) parser.command(command);
  try {
    await parser.parseAsync();
  } catch (error) {
    process.stderr.write(`vitals: ${describe(error, argv)}\n`);
    process.exitCode = error instanceof UsageError ? USAGE : FAILURE;
  }
}

function describe(error: unknown, argv: readonly string[]): string {
  if (error instanceof UsageError) {
    const command = COMMANDS.find((known) => String(known.command).split(' ')[0] === argv[0]);
    return `${error.message}. See vitals ${command ? `${argv[0]} ` : ''}--help.`;
  }
  if (!(error instanceof Error)) return String(error);
  if (process.env['VITALS_DEBUG'] || argv.includes('--debug')) return error.stack ?? error.message;
  return error.message;
}

if (process.argv[1] && import.meta.url === pathToFileURL(realpathSync(process.argv[1])).href) {
  endWithReader();
  await main(process.argv.slice(2));
}
