import type { Argv } from 'yargs';
import type { GraphFlags } from '../resources.js';

/** The flags that say what messages of a lake are run again with. */
export function withGraphFlags<T>(yargs: Argv<T>): Argv<T & GraphFlags> {
  return yargs
    .option('model', { type: 'string', describe: "model folder, or champion; default: the last batch's model" })
    .option('patients', { type: 'string', describe: 'people and stays, NDJSON; default: those of the last batch' })
    .option('pseudonym-key-file', { type: 'string', describe: 'file with the key that the lake was begun with' })
    .option('timezone', {
      type: 'string',
      describe: "zone of event times that name none; default: the last batch's",
    }) as unknown as Argv<T & GraphFlags>;
}
