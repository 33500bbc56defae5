import { FUTURE_AFTER, SKEW_AFTER } from './cleanse-limits.js';
import type { Findings } from './findings.js';
import type { Reading } from './reading.js';

/**
 * Compares event time with the clock of whoever sent the message (rows 56, 57, 67): its own `sent_time`, else the frozen
 * `receive_time`, which makes a replay decide alike. More than 5 minutes ahead is flagged SKEW, more than 24 hours ahead
 * is refused whole (FUTURE); after `sent_time`, else the broker's publish time, is flagged AFTER_PUBLISH.
 * @returns false when the item was refused
 */
export function checkClock(reading: Reading, findings: Findings): boolean {
  const ahead = reading.event_time - (reading.sent_time ?? reading.receive_time);
  if (ahead > FUTURE_AFTER) {
    findings.refuseItem('event_time', 'FUTURE', 'more than 24 hours ahead of the sender');
    return false;
  }
  if (ahead > SKEW_AFTER) findings.flag('event_time', 'SKEW');
  else {
    const published = reading.sent_time ?? reading.publish_time;
    if (published !== null && reading.event_time > published) findings.flag('event_time', 'AFTER_PUBLISH');
  }
  return true;
}
