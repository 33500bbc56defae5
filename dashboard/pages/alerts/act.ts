import type { AlertAction, AlertItem } from '../../api.js';
import { AnswerError } from '../source/source.js';
import type { Frame } from '../shell/page.js';
import type { Signature } from './signature.js';

/** Does something about an alert; `failed` is told what to say when it did not work. */
export type Act = (
  alert: AlertItem,
  status: AlertAction['status'],
  note: string,
  failed: (words: string) => void,
) => Promise<boolean>;

/** Sends what a person did, once, signed with their name. */
export function actor(frame: Frame, sign: Signature, changed: (alert: AlertItem) => void): Act {
  return async (alert, status, note, failed) => {
    const who = sign.name();
    if (who === null) return false;
    try {
      changed(
        await frame.source.act(alert.alert_id, { status, who, ...(note.trim() === '' ? {} : { note: note.trim() }) }),
      );
      frame.announce(`${status} by ${who}`);
      return true;
    } catch (error) {
      failed(error instanceof AnswerError ? `${error.message} ${error.remedy}` : 'That did not work: try again.');
      return false;
    }
  };
}
