import type { Argv } from 'yargs';
import { REASONS } from '../../../transforms/reject.js';

/** Flags that say which dead letters are meant. */
export interface SelectionFlags {
  readonly reason: readonly string[] | undefined;
  readonly stage: string | undefined;
  readonly since: string | undefined;
}

export function withSelectionFlags<T>(yargs: Argv<T>): Argv<T & SelectionFlags> {
  return yargs
    .option('reason', { type: 'string', array: true, choices: REASONS, describe: 'only of these reasons' })
    .option('stage', { choices: ['decode', 'cleanse', 'deduplicate'] as const, describe: 'only of this stage' })
    .option('since', { type: 'string', describe: 'only received at this time or later (ISO 8601)' }) as unknown as Argv<
    T & SelectionFlags
  >;
}
