import { credible } from '../artefact/credible.js';
import type { Flags, ScoredReading } from '../reading.js';
import { shortHash } from '../short-hash.js';
import { AlarmMachine, type AlarmSpan } from './alarm-machine.js';
import type { AlarmRule, AlarmRuleSet } from './alarm-rule.js';

/** What the alarms of a patient are made of: one current reading, of which only this is looked at. */
export type AlarmReading = Pick<
  ScoredReading,
  | 'event_time'
  | 'heart_rate'
  | 'respiratory_rate'
  | 'spo2'
  | 'systolic_bp'
  | 'diastolic_bp'
  | 'mean_bp'
  | 'temperature'
  | 'glucose'
  | 'news2_low'
  | 'age'
  | 'spo2_scale'
  | 'supplemental_oxygen'
  | 'consciousness'
  | 'flags'
>;

/** An alarm of one patient under one set of rules. */
export interface Alarm extends AlarmSpan {
  /** The same for the same patient, rule, set, version and onset, whenever it is worked out. */
  readonly alarm_id: string;
  readonly rule: AlarmRule;
}

/**
 * The identity of an alarm (22 characters, base64url): with it an alarm that is worked out again is the same alarm.
 *
 * @param onset epoch milliseconds
 */
export function alarmId(patientId: string, rule: string, { name, version }: AlarmRuleSet, onset: number): string {
  return shortHash(`${patientId}|${rule}|${name}|${version}|${onset}`);
}

/**
 * Runs a set of rules over the current readings of one patient, in order of (event_time, reading_id), tombstones left
 * out. Vitals whose sensor is in doubt count as missing (docs/artefacts.md).
 */
export class PatientAlarms {
  private readonly machines: readonly { readonly rule: AlarmRule; readonly machine: AlarmMachine }[];

  constructor(patientId: string, set: AlarmRuleSet, onAlarm: (alarm: Alarm) => void) {
    this.machines = set.rules.map((rule) => ({
      rule,
      machine: new AlarmMachine(rule, (span) =>
        onAlarm({ ...span, alarm_id: alarmId(patientId, rule.name, set, span.onset), rule }),
      ),
    }));
  }

  /** @param reading as {@link credibleReading} leaves it */
  observe(reading: AlarmReading): void {
    for (const { rule, machine } of this.machines) {
      const held = rule.appliesTo === 'everyone' || reading.news2_low !== null;
      machine.observe(reading.event_time, held ? (reading[rule.field] ?? NaN) : NaN);
    }
  }

  /** The end of the readings. */
  finish(): void {
    for (const { machine } of this.machines) machine.finish();
  }
}

/** A reading without the vitals whose sensor is in doubt; the reading itself where none is. */
export function credibleReading(reading: AlarmReading): AlarmReading {
  if (reading.flags === null) return reading;
  return credible(reading, JSON.parse(reading.flags) as Flags);
}
