import type { Argv } from 'yargs';
import { LAKE_OPTION } from '../options.js';

/** What deciding about a model takes. */
export interface DecideArguments {
  readonly lake: string;
  readonly who: string;
  readonly reason: string | undefined;
  readonly json: boolean;
}

export function withDecideOptions<T>(yargs: Argv<T>): Argv<T & DecideArguments> {
  return yargs.option('lake', LAKE_OPTION).options({
    who: { type: 'string', demandOption: true, describe: 'who decides: a person or a scheduler' },
    reason: { type: 'string', describe: 'why, for the record; no patient names' },
    json: { type: 'boolean', default: false, describe: 'print the events and what stands now as one JSON object' },
  }) as unknown as Argv<T & DecideArguments>;
}
