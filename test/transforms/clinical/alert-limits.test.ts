import { describe, expect, test } from '@jest/globals';
import { ALERT_RULES, type AlertField } from '../../../transforms/clinical/alert-rules.js';
import {
  BLOOD_PRESSURE_CATEGORIES,
  BLOOD_PRESSURE_CHART,
  GLUCOSE_CATEGORIES,
  NEWS2_CHART,
  NEWS2_RED_POINTS,
  NEWS2_RISK,
  rangeOf,
  type Chart,
} from '../../../transforms/clinical/thresholds.js';

/** The limits of a rule for a field, as its conditions give them. */
function limitsOf(rule: string, field: AlertField, scale?: 1 | 2): readonly [number | undefined, number | undefined] {
  const conditions = ALERT_RULES.find(({ name }) => name === rule)?.anyOf ?? [];
  const condition = conditions.find((each) => each.field === field && each.spo2Scale === scale);
  expect([rule, field, condition !== undefined]).toEqual([rule, field, true]);
  return [condition?.from, condition?.to];
}

/** The lowest and the highest band of a chart, where their points are red. */
function red(chart: Chart<number>): { readonly low: number | undefined; readonly high: number | undefined } {
  const [first, last] = [chart.bands[0], chart.bands.at(-1)];
  const before = chart.bands.at(-2);
  return {
    low: first?.is === NEWS2_RED_POINTS ? first.upTo : undefined,
    high: last?.is === NEWS2_RED_POINTS ? (before?.upTo ?? NaN) + 10 ** -chart.digits : undefined,
  };
}

describe('alert rules whose limits are those of a score', () => {
  test('are at NEWS2’s red bands', () => {
    expect(limitsOf('bradycardia', 'heart_rate')[1]).toBe(red(NEWS2_CHART.heart_rate).low);
    expect(limitsOf('tachycardia', 'heart_rate')[0]).toBe(red(NEWS2_CHART.heart_rate).high);
    expect(limitsOf('bradypnoea', 'respiratory_rate')[1]).toBe(red(NEWS2_CHART.respiratory_rate).low);
    expect(limitsOf('tachypnoea', 'respiratory_rate')[0]).toBe(red(NEWS2_CHART.respiratory_rate).high);
    expect(limitsOf('hypotension', 'systolic_bp')[1]).toBe(red(NEWS2_CHART.systolic_bp).low);
    expect(limitsOf('hypothermia', 'temperature')[1]).toBe(red(NEWS2_CHART.temperature).low);
    expect(limitsOf('hypoxaemia', 'spo2', 2)[1]).toBe(red(NEWS2_CHART.spo2_scale_2_air).low);
  });

  test('are at NEWS2’s highest band of temperature, and at its high risk', () => {
    expect(limitsOf('high_fever', 'temperature')[0]).toBe(rangeOf(NEWS2_CHART.temperature, 2).from);
    expect(limitsOf('news2_high', 'news2_low')[0]).toBe(rangeOf(NEWS2_RISK, 'high').from);
  });

  test('are at the crisis of blood pressure and at severe hypoglycaemia', () => {
    const crisis = BLOOD_PRESSURE_CATEGORIES.indexOf('crisis');
    expect(limitsOf('hypertensive_crisis', 'systolic_bp')[0]).toBe(
      rangeOf(BLOOD_PRESSURE_CHART.systolic_bp, crisis).from,
    );
    expect(limitsOf('hypertensive_crisis', 'diastolic_bp')[0]).toBe(
      rangeOf(BLOOD_PRESSURE_CHART.diastolic_bp, crisis).from,
    );
    expect(limitsOf('severe_hypoglycaemia', 'glucose')[1]).toBe(rangeOf(GLUCOSE_CATEGORIES, 'severe_hypoglycaemia').to);
  });
});
