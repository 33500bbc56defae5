import { actOnAlert } from '../../dashboard/alert-events/act-on-alert.js';
import { actionOf } from '../../dashboard/alert-events/lifecycle.js';
import { AlertEventLog } from '../../lake/alert-event-log.js';
import { ConfigurationError } from '../../schema/errors.js';
import { withAnswers } from './with-answers.js';
import type { ActArguments } from './who-options.js';

/** Records what somebody did about an alert. @throws ConfigurationError, ActionRefused, LakeError */
export async function actFromShell(args: ActArguments, status: 'acknowledged' | 'resolved'): Promise<void> {
  const action = actionOf({ status, who: args.who, note: args.note ?? '' });
  if ('problem' in action) throw new ConfigurationError('--who', action.problem, `${action.remedy}.`);
  await withAnswers(args.lake, async (answers) => {
    const log = new AlertEventLog(answers.store.storage);
    const item = await actOnAlert(answers, log, args.id, action, Date.now());
    if (args.json) process.stdout.write(JSON.stringify(item) + '\n');
    const last = item.history.at(-1);
    process.stderr.write(`vitals: ${item.alert_id} is ${item.status}, by ${last?.who} at ${last?.at}\n`);
  });
}
