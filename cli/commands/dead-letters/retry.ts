import type { CommandModule } from 'yargs';
import { LAKE_OPTION } from '../../options.js';
import { withGraphFlags } from '../../replay/graph-flags.js';
import type { RetryReport, RetryRequest } from '../../dead-letters/retry-letters.js';
import { withSelectionFlags } from './selection-flags.js';

export const retryDeadLettersCommand: CommandModule<object, RetryRequest> = {
  command: 'retry [id]',
  describe:
    'run items that were refused whole again, with this program, patients and model; no pipeline may be running',
  builder: (yargs) =>
    withGraphFlags(
      withSelectionFlags(
        yargs
          .positional('id', { type: 'string', describe: 'one, as list names it: BATCH-OFFSET-ITEM' })
          .option('lake', LAKE_OPTION),
      ),
    )
      .option('dry-run', { type: 'boolean', default: false, describe: 'say what would go through, and change nothing' })
      .option('again', { type: 'boolean', default: false, describe: 'also those that were run again before' })
      .option('json', { type: 'boolean', default: false, describe: 'one JSON object' })
      .epilogue('Refused fields and lost versions are not retried: their reading is in silver (docs/dead-letters.md).')
      .example('$0 dead-letters retry --reason NO_TZ --timezone Europe/Berlin --dry-run', 'what a time zone would mend')
      .example('$0 dead-letters retry --reason NO_TZ --timezone Europe/Berlin', 'mend them') as never,
  handler: async (args) => {
    const { retryLetters } = await import('../../dead-letters/retry-letters.js');
    const { stopSignal } = await import('../../stop-signal.js');
    const report = await retryLetters(args, Date.now, stopSignal());
    process.stdout.write(`${args.json ? JSON.stringify(report) : describe(report)}\n`);
  },
};

function describe({ dry_run, messages, repaired_items, repaired_messages, refused_again, run }: RetryReport): string {
  const again = Object.entries(refused_again).map(([reason, n]) => `${reason} ${n}`);
  const lines = [
    `${messages} messages looked at`,
    `${repaired_items} items of ${repaired_messages} messages ${dry_run ? 'would go' : 'go'} through`,
    again.length === 0 ? 'none is refused again' : `refused again, and left as they are: ${again.join(', ')}`,
  ];
  if (run !== null) {
    lines.push(
      `received ${run.received} = silver ${run.silver} + dead letter ${run.dead_letter} + suppressed ${run.suppressed}; alerts ${run.alerts}`,
    );
  }
  return lines.join('\n');
}
