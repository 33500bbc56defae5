import { stopCommand } from '../dataflow/stop-command.js';

/** Ends a Dataflow job in order: it stops reading, fires every open window, and ends. */
export const drainCommand = stopCommand('drain', 'end a Dataflow job in order: nothing that it has read is lost', [
  ['$0 drain vitals --project my-project --region europe-west1', 'the running job of that name, followed to its end'],
  ['$0 drain 2026-11-21_04_00_00-1234 --project my-project --region europe-west1 --no-wait', 'only ask, by id'],
]);
