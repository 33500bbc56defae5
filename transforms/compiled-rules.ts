import { ALERT_FIELDS, ALERT_RULES, type AlertCondition, type AlertRule } from './clinical/alert-rules.js';
import { isChild } from './clinical/interval.js';
import type { ScoredReading } from './reading.js';

/** A rule that holds for a reading, and the condition by which it does. */
export interface Match {
  readonly rule: AlertRule;
  readonly condition: AlertCondition;
}

/** ACVPU in order of depth: the number that a rule on consciousness compares. */
const CONSCIOUSNESS_LEVELS = 'ACVPU';

/** Shared by every reading that is quiet, which is nearly every one. */
export const NO_MATCHES: readonly Match[] = Object.freeze([]);

/** The values of the reading at hand, in the order of ALERT_FIELDS; NaN is missing and fails every comparison. */
const values = new Float64Array(ALERT_FIELDS.length);

/**
 * Rules compiled for the hot path: their limits in flat arrays, compared with a reading's values without allocating
 * anything while no rule holds.
 */
export class CompiledRules {
  private readonly matches: readonly Match[];
  private readonly fields: Uint8Array;
  private readonly from: Float64Array;
  private readonly to: Float64Array;

  constructor(rules: readonly AlertRule[]) {
    this.matches = rules.flatMap((rule) => rule.anyOf.map((condition) => ({ rule, condition })));
    this.fields = Uint8Array.from(this.matches, ({ condition }) => ALERT_FIELDS.indexOf(condition.field));
    this.from = Float64Array.from(this.matches, ({ condition }) => condition.from ?? -Infinity);
    this.to = Float64Array.from(this.matches, ({ condition }) => condition.to ?? Infinity);
  }

  /** The rules that hold, each once, in the order of the table. */
  match(reading: ScoredReading): readonly Match[] {
    readValues(reading);
    let found: Match[] | null = null;
    for (let i = 0; i < this.fields.length; i++) {
      const value = values[this.fields[i] as number] as number;
      if (value >= (this.from[i] as number) && value <= (this.to[i] as number)) {
        const match = this.matches[i] as Match;
        if (!applies(match, reading)) continue;
        found ??= [];
        if (found.at(-1)?.rule !== match.rule) found.push(match);
      }
    }
    return found ?? NO_MATCHES;
  }
}

/** The rules of the pipeline, ready to match. */
export const ROW_RULES = new CompiledRules(ALERT_RULES);

function readValues(reading: ScoredReading): void {
  values[0] = reading.heart_rate ?? NaN;
  values[1] = reading.respiratory_rate ?? NaN;
  values[2] = reading.spo2 ?? NaN;
  values[3] = reading.systolic_bp ?? NaN;
  values[4] = reading.diastolic_bp ?? NaN;
  values[5] = reading.temperature === null ? NaN : tenths(reading.temperature);
  values[6] = reading.glucose ?? NaN;
  values[7] = reading.shock_index ?? NaN;
  values[8] = reading.consciousness === null ? NaN : CONSCIOUSNESS_LEVELS.indexOf(reading.consciousness);
  values[9] = reading.news2_low ?? NaN;
  values[10] = reading.is_anomaly === true ? 1 : NaN;
}

/** Half-up to the chart's precision, as NEWS2 rounds. */
function tenths(celsius: number): number {
  return Math.round(celsius * 10 + 1e-9) / 10;
}

function applies({ rule, condition }: Match, reading: ScoredReading): boolean {
  if (rule.adultsOnly && isChild(reading.age)) return false;
  return condition.spo2Scale === undefined || condition.spo2Scale === (reading.spo2_scale ?? 1);
}
