import type { AlarmRule } from './alarm-rule.js';

/** What a rule watches, without its timing: shared by the sets, so that they differ in timing alone. */
export type AlarmLimit = Pick<AlarmRule, 'name' | 'severity' | 'field' | 'side' | 'raiseAt' | 'clearAt' | 'appliesTo'>;

/**
 * The limits of the sets of this project. `raiseAt` follows the alert rules (NEWS2's red bands, ACC/AHA 2017, ADA) but for the
 * saturation, where 88 % and 80 % are those of continuously monitored wards (Acta Anaesth Scand 2022, PMC9310747), below
 * the target of either NEWS2 scale. `clearAt` is NEWS2's next band or about 5 % back: plausible, not fitted.
 * Temperatures are hundredths that round half-up to the chart's 39.1 and 35.0.
 */
export const ALARM_LIMITS = {
  asystole: limit('asystole', 'critical', 'heart_rate', 'below', 0, 10),
  bradycardia: limit('bradycardia', 'urgent', 'heart_rate', 'below', 40, 45),
  tachycardia: limit('tachycardia', 'urgent', 'heart_rate', 'above', 131, 125, 'news2'),
  bradypnoea: limit('bradypnoea', 'urgent', 'respiratory_rate', 'below', 8, 10),
  tachypnoea: limit('tachypnoea', 'urgent', 'respiratory_rate', 'above', 25, 22, 'news2'),
  hypoxaemia: limit('hypoxaemia', 'urgent', 'spo2', 'below', 87, 90),
  severe_hypoxaemia: limit('severe_hypoxaemia', 'critical', 'spo2', 'below', 79, 84),
  hypotension: limit('hypotension', 'urgent', 'systolic_bp', 'below', 90, 95, 'news2'),
  hypertension: limit('hypertension', 'warning', 'systolic_bp', 'above', 181, 175),
  hypothermia: limit('hypothermia', 'warning', 'temperature', 'below', 35.04, 35.4),
  high_fever: limit('high_fever', 'warning', 'temperature', 'above', 39.05, 38.6),
  severe_hypoglycaemia: limit('severe_hypoglycaemia', 'critical', 'glucose', 'below', 53.9, 70),
  news2_high: limit('news2_high', 'urgent', 'news2_low', 'above', 7, 5, 'news2'),
} as const satisfies Readonly<Record<string, AlarmLimit>>;

export type AlarmLimitName = keyof typeof ALARM_LIMITS;

function limit(
  name: string,
  severity: AlarmLimit['severity'],
  field: AlarmLimit['field'],
  side: AlarmLimit['side'],
  raiseAt: number,
  clearAt: number,
  appliesTo: AlarmLimit['appliesTo'] = 'everyone',
): AlarmLimit {
  return { name, severity, field, side, raiseAt, clearAt, appliesTo };
}
