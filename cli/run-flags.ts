import { availableParallelism } from 'node:os';
import type { Argv } from 'yargs';
import { DEFAULT_LIMITS } from '../pipeline/engines/micro-batch/options.js';
import type { GraphFlags } from './resources.js';
import { LAKE_OPTION } from './options.js';

/** Flags of every command that runs the pipeline. */
export interface RunFlags extends GraphFlags {
  readonly lake: string;
  readonly workers: number;
  readonly 'batch-messages': number;
  readonly 'batch-seconds': number;
  readonly json: boolean;
  /** Where gold is streamed to as it is committed; nowhere when it is left out. */
  readonly warehouse?: string | undefined;
}

export function withRunFlags<T>(yargs: Argv<T>): Argv<T & RunFlags> {
  return yargs
    .option('lake', LAKE_OPTION)
    .option('model', {
      type: 'string',
      describe:
        'model folder, or champion: the one that the lake names, followed from promotion to promotion; without it nothing is scored for anomalies',
    })
    .option('patients', { type: 'string', describe: 'NDJSON file of people and stays to enrich from' })
    .option('pseudonym-key-file', { type: 'string', describe: 'file with the key that pseudonyms are made with' })
    .option('timezone', {
      type: 'string',
      describe: 'zone of event times that name none, such as Europe/Berlin or +02:00',
    })
    .option('workers', {
      type: 'number',
      default: availableParallelism(),
      describe: 'worker threads, each owning a share of the patients; 0 keeps all in one thread',
    })
    .option('batch-messages', {
      type: 'number',
      default: DEFAULT_LIMITS.messages,
      describe: 'messages in a batch at most',
    })
    .option('batch-seconds', { type: 'number', default: 1, describe: 'seconds between batches of a live run' })
    .option('warehouse', {
      type: 'string',
      describe: 'append panes and alerts here too, once they are committed: bigquery:PROJECT',
    })
    .option('json', {
      type: 'boolean',
      default: false,
      describe: 'print the final state as one JSON object',
    }) as unknown as Argv<T & RunFlags>;
}
