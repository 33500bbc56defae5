import { stopCommand } from '../dataflow/stop-command.js';

/** Ends a Dataflow job at once; what it has read and not landed comes again from the subscription. */
export const cancelCommand = stopCommand('cancel', 'end a Dataflow job at once, without firing its open windows', [
  ['$0 cancel vitals --project my-project --region europe-west1', 'the running job of that name'],
  ['$0 cancel 2026-11-21_04_00_00-1234 --project my-project --region europe-west1 --json', 'by id, for a program'],
]);
