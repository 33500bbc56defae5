import { register, type PCollection } from '../beam/index.js';
import { apply, parDo, type Block, type Transform } from './block.js';
import type { AlertRow } from '../schema/tables/gold-alerts.js';
import { credible } from './artefact/credible.js';
import { ROW_RULES, type CompiledRules, type Match } from './compiled-rules.js';
import { utcDate } from './event-date.js';
import { alertValue, explainAlert } from './explain-alert.js';
import type { Flags, ScoredReading } from './reading.js';
import { shortHash } from './short-hash.js';

/** An alert as a reading raises it; the commit adds its batch, its time and the order key. */
export type Alert = Omit<AlertRow, 'order_key' | 'commit_time' | 'batch'>;

/** Qualities of event_time with which no alert leaves: nobody knows when, or a clock is wrong. */
const UNTRUSTED_TIME: readonly string[] = ['DATE_ONLY', 'SKEW'];

/** Shared by every reading that raises nothing. */
const NO_ALERTS: readonly Alert[] = Object.freeze([]);

/**
 * Raises what a reading alone is enough for (clinical/alert-rules.ts), each rule at most once, explained in a sentence.
 *
 * Stands after score, beside silver, so that an alert leaves with the first pane. `alert_id` is a hash of reading_id,
 * rule and rule_version: a repeat is the same alert. A vital whose flags speak against its sensor raises nothing, alone or
 * in a score (docs/artefacts.md).
 *
 * In: a scored reading. Out: its alerts, none for a tombstone and none where event_time is a day or a skewed clock.
 * Rejects nothing. Delivery: pure; a reading without an alert allocates nothing.
 */
export function alertsOf(
  reading: ScoredReading,
  ruleVersion: string,
  rules: CompiledRules = ROW_RULES,
): readonly Alert[] {
  if (reading.status === 'entered-in-error') return NO_ALERTS;
  const matches = rules.match(reading);
  if (matches.length === 0) return NO_ALERTS;
  if (reading.flags === null) return matches.map((match) => alertFrom(match, reading, null, ruleVersion));
  const flags = JSON.parse(reading.flags) as Flags;
  if (flags['event_time']?.some((code) => UNTRUSTED_TIME.includes(code)) === true) return NO_ALERTS;
  const seen = credible(reading, flags);
  const standing = seen === reading ? matches : rules.match(seen);
  return standing.map((match) => alertFrom(match, seen, flags, ruleVersion));
}

/** The identity of the alert that a rule raises for a reading (22 characters, base64url). */
export function alertId(readingId: string, rule: string, ruleVersion: string): string {
  return shortHash(`${readingId}|${rule}|${ruleVersion}`);
}

function alertFrom(match: Match, reading: ScoredReading, flags: Flags | null, ruleVersion: string): Alert {
  return {
    alert_id: alertId(reading.reading_id, match.rule.name, ruleVersion),
    state: 'raised',
    rule: match.rule.name,
    rule_version: ruleVersion,
    severity: match.rule.severity,
    patient_id: reading.patient_id,
    ward: reading.ward,
    bed: reading.bed,
    reading_id: reading.reading_id,
    value: alertValue(match, reading),
    explanation: explainAlert(match, reading, flags),
    event_time: reading.event_time,
    publish_time: reading.publish_time,
    receive_time: reading.receive_time,
    event_date: utcDate(reading.event_time),
  };
}

/** Raises the alerts of a block of current readings; a block without any leaves nothing. */
export class RaiseAlerts {
  constructor(readonly rule_version: string) {}

  *process(block: Block<ScoredReading>): Generator<Block<Alert>> {
    const alerts = block.flatMap((reading) => alertsOf(reading, this.rule_version));
    if (alerts.length > 0) yield alerts;
  }
}

/** {@link alertsOf} over blocks. */
export function alertBlocks(ruleVersion: string): Transform<Block<ScoredReading>, PCollection<Block<Alert>>> {
  return (input) => apply(input, 'Rows', parDo(new RaiseAlerts(ruleVersion)));
}

register('transforms/alert', { RaiseAlerts });
