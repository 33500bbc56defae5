import type { AlarmRule, AlarmRuleSet } from './alarm-rule.js';
import { ALARM_LIMITS, type AlarmLimit, type AlarmLimitName } from './limits.js';

type Timing = Pick<AlarmRule, 'delaySeconds' | 'clearSeconds' | 'rearmSeconds'>;

/** After so long without a value nothing is known: five readings of a minute, and two measurements of glucose a shift. */
const GAP_SECONDS = 300;
const GLUCOSE_GAP_SECONDS = 4 * 3600;

const MINUTE = 60;
const AT_ONCE: Timing = { delaySeconds: 0, clearSeconds: 0, rearmSeconds: 0 };

/** What a monitor does without any of this: raised by one value beyond the limit, ended by one that is not. */
export const INSTANT: AlarmRuleSet = setOf('instant', (limit) => ({
  ...timed(limit, AT_ONCE),
  clearAt: nextInside(limit),
}));

/**
 * Delays of seconds: 15 s for the saturation (60-70 % fewer alarms, BI&T 2011;45(s1):46), 19 s for what else a monitor
 * measures all the time (two thirds fewer ineffective alarms, Gorges, Anesth Analg 2009;108:1546). Asystole waits for
 * nothing. Clearing for 30 s and re-arming after 5 minutes are plausible, not fitted.
 */
export const STANDARD: AlarmRuleSet = setOf('standard', (limit) => {
  const usual = { delaySeconds: 19, clearSeconds: 30, rearmSeconds: 5 * MINUTE };
  if (limit.name === 'asystole') return timed(limit, { ...usual, delaySeconds: 0, clearSeconds: 10 });
  if (limit.field === 'spo2') return timed(limit, { ...usual, delaySeconds: 15 });
  if (limit.field === 'temperature') return timed(limit, { ...usual, delaySeconds: 5 * MINUTE });
  if (limit.field === 'glucose') return timed(limit, { ...usual, delaySeconds: 0, clearSeconds: 0 });
  return timed(limit, usual);
});

/** How long a value lasts before a ward is called, seconds. */
const WARD_DELAYS: Readonly<Record<AlarmLimitName, number>> = {
  asystole: 0,
  bradycardia: 5 * MINUTE,
  tachycardia: 10 * MINUTE,
  bradypnoea: 5 * MINUTE,
  tachypnoea: 5 * MINUTE,
  hypoxaemia: 10 * MINUTE,
  severe_hypoxaemia: MINUTE,
  hypotension: 5 * MINUTE,
  hypertension: 10 * MINUTE,
  hypothermia: 10 * MINUTE,
  high_fever: 10 * MINUTE,
  severe_hypoglycaemia: 0,
  news2_high: 10 * MINUTE,
};

/**
 * For a ward where somebody has to walk: persistence as in continuous ward monitoring (saturation below 88 % for 10 minutes,
 * below 80 % for 1; respiration below or above for 5; Acta Anaesth Scand 2022, PMC9310747), the others alike. Clearing
 * for 2 minutes and re-arming after 30 are plausible, not fitted.
 */
export const WARD: AlarmRuleSet = setOf('ward', (limit) =>
  timed(limit, {
    delaySeconds: WARD_DELAYS[limit.name as AlarmLimitName],
    clearSeconds: limit.field === 'glucose' ? 0 : 2 * MINUTE,
    rearmSeconds: 30 * MINUTE,
  }),
);

/** The sets of this project by name, from the loudest to the quietest. */
export const RULE_SETS: readonly AlarmRuleSet[] = [INSTANT, STANDARD, WARD];

function setOf(name: string, ruleOf: (limit: AlarmLimit) => AlarmRule): AlarmRuleSet {
  return { name, version: '1', rules: Object.values<AlarmLimit>(ALARM_LIMITS).map(ruleOf) };
}

function timed(limit: AlarmLimit, timing: Timing): AlarmRule {
  return { ...limit, ...timing, gapSeconds: limit.field === 'glucose' ? GLUCOSE_GAP_SECONDS : GAP_SECONDS };
}

/** The first value at the field's precision that does not raise. */
function nextInside({ field, side, raiseAt }: AlarmLimit): number {
  const step = field === 'temperature' ? 0.01 : field === 'glucose' ? 0.1 : 1;
  return Math.round((side === 'above' ? raiseAt - step : raiseAt + step) * 100) / 100;
}
