import { describe, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { alertId, alertsOf } from '../../transforms/alert.js';
import { ALERT_RULES } from '../../transforms/clinical/alert-rules.js';
import { CompiledRules } from '../../transforms/compiled-rules.js';
import type { EnrichedReading, ScoredReading } from '../../transforms/reading.js';
import { aScoredReading, NOON } from './a-reading.js';

type Enriched = Partial<EnrichedReading>;

function rulesOf(enriched: Enriched, differs: Partial<ScoredReading> = {}): string[] {
  return alertsOf(aScoredReading(enriched, differs), '1').map((alert) => `${alert.rule} ${alert.severity}`);
}

function explanationOf(rule: string, enriched: Enriched, differs: Partial<ScoredReading> = {}): string | undefined {
  return alertsOf(aScoredReading(enriched, differs), '1').find((alert) => alert.rule === rule)?.explanation;
}

/** A rule with its severity, a reading that just raises it, and one that just does not. */
const LIMITS: [string, Enriched, Enriched][] = [
  ['asystole critical', { heart_rate: 0 }, { heart_rate: 1 }],
  ['bradycardia urgent', { heart_rate: 40 }, { heart_rate: 41 }],
  ['tachycardia urgent', { heart_rate: 131, systolic_bp: 140 }, { heart_rate: 130 }],
  ['bradypnoea urgent', { respiratory_rate: 8 }, { respiratory_rate: 9 }],
  ['tachypnoea urgent', { respiratory_rate: 25 }, { respiratory_rate: 24 }],
  ['hypoxaemia critical', { spo2: 85 }, { spo2: 86 }],
  ['hypoxaemia critical', { spo2: 83, spo2_scale: 2 }, { spo2: 84, spo2_scale: 2 }],
  ['hypotension urgent', { systolic_bp: 90 }, { systolic_bp: 91 }],
  ['hypertensive_crisis warning', { systolic_bp: 181 }, { systolic_bp: 180 }],
  ['hypertensive_crisis warning', { diastolic_bp: 121 }, { diastolic_bp: 120 }],
  ['hypothermia warning', { temperature: 35 }, { temperature: 35.1 }],
  ['hypothermia warning', { temperature: 35.04 }, { temperature: 35.05 }],
  ['high_fever warning', { temperature: 39.1 }, { temperature: 39 }],
  ['high_fever warning', { temperature: 39.05 }, { temperature: 39.04 }],
  ['severe_hypoglycaemia critical', { glucose: 53.9 }, { glucose: 54 }],
  ['extreme_hyperglycaemia urgent', { glucose: 400.1 }, { glucose: 400 }],
  ['shock_index warning', { heart_rate: 118 }, { heart_rate: 117 }],
  ['unresponsive urgent', { consciousness: 'P' }, { consciousness: 'V' }],
];

describe('alertsOf, each rule at its limit', () => {
  test('a healthy reading raises nothing', () => {
    expect(rulesOf({})).toEqual([]);
  });

  test.each(LIMITS)('%s at %j and not at %j', (rule, at, before) => {
    expect(rulesOf(at)).toEqual([rule]);
    expect(rulesOf(before)).not.toContain(rule);
  });

  test('news2_high at a certain 7, and not where only the high bound reaches it', () => {
    expect(rulesOf({}, { news2_low: 7, news2_high: 7 })).toEqual(['news2_high urgent']);
    expect(rulesOf({}, { news2_low: 6, news2_high: 20 })).toEqual([]);
  });

  test('anomaly where the model says so', () => {
    expect(rulesOf({}, { is_anomaly: true, anomaly_score: 0.61 })).toEqual(['anomaly warning']);
    expect(rulesOf({}, { is_anomaly: false, anomaly_score: 0.4 })).toEqual([]);
  });

  test('every rule of the table is tested here', () => {
    const tested = new Set([...LIMITS.map(([rule]) => rule), 'news2_high urgent', 'anomaly warning']);
    expect(tested).toEqual(new Set(ALERT_RULES.map((rule) => `${rule.name} ${rule.severity}`)));
  });

  test('a crisis of both pressures is one alert', () => {
    expect(rulesOf({ systolic_bp: 200, diastolic_bp: 130 })).toEqual(['hypertensive_crisis warning']);
  });

  test('a heart rate of 0 is asystole and not also bradycardia', () => {
    expect(rulesOf({ heart_rate: 0 })).toEqual(['asystole critical']);
  });
});

describe('when alertsOf is silent', () => {
  const ill: Enriched = { heart_rate: 0, spo2: 70, glucose: 30 };

  test('a tombstone raises nothing', () => {
    expect(rulesOf({ ...ill, status: 'entered-in-error' })).toEqual([]);
  });

  test.each(['DATE_ONLY', 'SKEW'])('a reading whose event_time is flagged %s raises nothing', (code) => {
    expect(rulesOf({ ...ill, flags: { event_time: [code] } })).toEqual([]);
  });

  test('other flags do not silence it', () => {
    expect(rulesOf({ ...ill, flags: { event_time: ['TZ_ASSUMED'], spo2: ['FRACTION'] } })).toHaveLength(3);
  });

  test('a missing value raises nothing', () => {
    const none = { heart_rate: null, respiratory_rate: null, spo2: null, systolic_bp: null, diastolic_bp: null };
    expect(rulesOf({ ...none, temperature: null, glucose: null, consciousness: null })).toEqual([]);
  });

  test('a child has no alert by the limits of adults, but those that hold at any age', () => {
    const child = { age: 3, heart_rate: 140, respiratory_rate: 30, systolic_bp: 88 };
    expect(rulesOf(child)).toEqual([]);
    expect(rulesOf({ ...child, spo2: 80 })).toEqual(['hypoxaemia critical']);
    expect(rulesOf({ ...child, age: null }).length).toBeGreaterThan(2);
  });

  test('a quiet reading gets the shared empty list', () => {
    expect(alertsOf(aScoredReading(), '1')).toBe(alertsOf(aScoredReading(), '1'));
  });
});

describe('an alert', () => {
  test('carries the reading, its place and its times', () => {
    const [alert] = alertsOf(aScoredReading({ spo2: 80 }), '7');
    expect(alert).toEqual({
      alert_id: createHash('sha256').update('reading-1|hypoxaemia|7').digest('base64url').slice(0, 22),
      state: 'raised',
      rule: 'hypoxaemia',
      rule_version: '7',
      severity: 'critical',
      patient_id: 'P000123',
      ward: 'ICU',
      bed: 'ICU-07',
      reading_id: 'reading-1',
      value: 80,
      explanation: 'Oxygen saturation 80 %, at or below 85: severe hypoxaemia.',
      event_time: NOON,
      publish_time: NOON + 100,
      receive_time: NOON + 200,
      event_date: '2026-11-21',
    });
  });

  test('has an id that depends on reading, rule and rule version only', () => {
    expect(alertId('a', 'b', '1')).toBe(alertId('a', 'b', '1'));
    expect(
      new Set([alertId('a', 'b', '1'), alertId('a', 'b', '2'), alertId('a', 'c', '1'), alertId('d', 'b', '1')]).size,
    ).toBe(4);
  });

  test('of consciousness has no number', () => {
    const [alert] = alertsOf(aScoredReading({ consciousness: 'U' }), '1');
    expect(alert).toMatchObject({
      value: null,
      explanation: 'Consciousness (ACVPU) U: reduced consciousness.',
    });
  });
});

describe('the explanation is one sentence with value and unit', () => {
  test.each<[string, Enriched, string]>([
    ['asystole', { heart_rate: 0 }, 'Heart rate 0 per minute: possible asystole.'],
    ['tachycardia', { heart_rate: 140 }, 'Heart rate 140 per minute, at or above 131: severe tachycardia.'],
    [
      'hypertensive_crisis',
      { diastolic_bp: 125 },
      'Diastolic pressure 125 mmHg, at or above 121: hypertensive crisis.',
    ],
    ['hypothermia', { temperature: 34.5 }, 'Temperature 34.5 °C, at or below 35: hypothermia.'],
    ['severe_hypoglycaemia', { glucose: 40 }, 'Glucose 40 mg/dL, at or below 53.9: severe hypoglycaemia.'],
    ['shock_index', { heart_rate: 120, systolic_bp: 100 }, 'Shock index 1.2, at or above 1: possible shock.'],
  ])('%s of %j', (rule, enriched, explanation) => {
    expect(explanationOf(rule, enriched)).toBe(explanation);
  });

  test('NEWS2 says how high it may be and what is missing', () => {
    const exact = { news2_low: 9, news2_high: 9, news2_missing: null };
    const open = { news2_low: 7, news2_high: 13, news2_missing: 'respiratory_rate,temperature' };
    expect(explanationOf('news2_high', {}, exact)).toBe('NEWS2 9: high clinical risk: emergency response.');
    expect(explanationOf('news2_high', {}, open)).toBe(
      'NEWS2 7 at least, up to 13 without respiratory rate and temperature: high clinical risk: emergency response.',
    );
  });

  test('an anomaly names the top three in words', () => {
    const top = JSON.stringify({ spo2: 0.2, heart_rate: 0.1, pulse_pressure: 0.05 });
    const anomaly = { is_anomaly: true, anomaly_score: 0.614, anomaly_top: top };
    expect(explanationOf('anomaly', { spo2: 88 }, anomaly)).toBe(
      'Anomaly score 0.61, mostly for oxygen saturation 88 %, heart rate 78 per minute and pulse pressure 46 mmHg: unusual for the model.',
    );
  });

  test('a guessed Fahrenheit shows on what the temperature has part in, and not elsewhere', () => {
    const guessed: Enriched = { temperature: 40, glucose: 40, flags: { temperature: ['F_GUESS'] } };
    const differs = { is_anomaly: true, anomaly_score: 0.7, news2_low: 8, news2_high: 8 };
    for (const rule of ['high_fever', 'anomaly', 'news2_high']) {
      expect(explanationOf(rule, guessed, differs)).toContain('F_GUESS');
    }
    expect(explanationOf('severe_hypoglycaemia', guessed, differs)).not.toContain('F_GUESS');
  });
});

describe('other rules', () => {
  test('replace the table, for an alarm budget', () => {
    const strict = new CompiledRules([
      {
        name: 'any_fever',
        severity: 'warning',
        meaning: 'fever',
        adultsOnly: false,
        anyOf: [{ field: 'temperature', from: 36.5, to: 37 }],
      },
    ]);
    expect(alertsOf(aScoredReading(), '1', strict).map((alert) => alert.rule)).toEqual(['any_fever']);
  });
});
