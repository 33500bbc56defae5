import type { Argv, CommandModule } from 'yargs';
import type { Stop } from '../../pipeline/engines/dataflow/stop-job.js';
import { withJobPlaceFlags } from './flags.js';
import type { StopArguments } from './stop-and-follow.js';

/** `vitals drain` and `vitals cancel` differ in what they ask for and in what they say. */
export function stopCommand(
  verb: Stop,
  describe: string,
  examples: readonly (readonly [command: string, text: string])[],
): CommandModule<object, StopArguments> {
  return {
    command: `${verb} <job>`,
    describe,
    builder: (yargs) =>
      examples.reduce<Argv<StopArguments>>(
        (built, [command, text]) => built.example(command, text),
        withJobPlaceFlags(yargs)
          .positional('job', {
            type: 'string',
            demandOption: true,
            describe: 'id of a Dataflow job, or name of a running one',
          })
          .option('wait', {
            type: 'boolean',
            default: true,
            describe: 'follow the job to its end; --no-wait only asks',
          })
          .option('json', {
            type: 'boolean',
            default: false,
            describe: 'print the job as one JSON object',
          }) as unknown as Argv<StopArguments>,
      ),
    handler: async (args) => {
      const { stopAndFollow } = await import('./stop-and-follow.js');
      const { stopSignal } = await import('../stop-signal.js');
      await stopAndFollow(args, verb, stopSignal());
    },
  };
}
