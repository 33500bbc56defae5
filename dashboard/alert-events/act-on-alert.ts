import type { AlertAction, AlertItem } from '../api.js';
import type { AlertEventLog } from '../../lake/alert-event-log.js';
import { historyOf, statusOf } from '../queries/alert-items.js';
import type { Answers } from '../queries/answers.js';
import { judge } from './lifecycle.js';

/** An action that cannot be taken: `unknown` is 404 on the wire, the others are 409. */
export class ActionRefused extends Error {
  override readonly name = 'ActionRefused';

  constructor(
    readonly reason: 'unknown' | 'withdrawn' | 'resolved',
    readonly problem: string,
    readonly remedy: string,
  ) {
    super(`${problem}. ${remedy}`);
  }
}

/**
 * Records what somebody did about an alert, and answers the alert as it then stands. A repeat records nothing; of several
 * who act at once one is recorded first, and the others are judged by what then stands.
 *
 * @param now epoch ms
 * @throws ActionRefused; LakeError when the event could not be written: then it may be there all the same, and a repeat tells
 */
export async function actOnAlert(
  answers: Answers,
  log: AlertEventLog,
  alertId: string,
  action: AlertAction,
  now: number,
): Promise<AlertItem> {
  const found = await answers.findAlert(alertId);
  if (found.state === 'unknown') {
    throw new ActionRefused('unknown', 'There is no such alert', 'Look at vitals alerts list');
  }
  if (found.state === 'withdrawn') {
    throw new ActionRefused(
      'withdrawn',
      'This alert was withdrawn: its reading was corrected',
      'There is nothing to do',
    );
  }
  const history = await log.append(alertId, (standing) => {
    const verdict = judge(standing, action);
    if (verdict === 'refuse') throw resolvedBy(standing.at(-1)?.who ?? '');
    if (verdict === 'repeat') return null;
    const { status, who, note = null } = action;
    return { alert_id: alertId, status, who, note, acted_at: now };
  });
  const events = historyOf(history);
  return { ...found.alert, history: events, status: statusOf(events) };
}

function resolvedBy(who: string): ActionRefused {
  return new ActionRefused('resolved', `This alert was resolved by ${who}`, 'Reload to see its history');
}
