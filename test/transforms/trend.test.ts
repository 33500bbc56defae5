import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { VITAL_NAMES } from '../../schema/vitals.js';
import type { ScoredReading } from '../../transforms/reading.js';
import {
  emptyVitalHour,
  mergeVitalHours,
  trend,
  vitalHourFromRow,
  vitalsHourlyRow,
  type VitalHour,
} from '../../transforms/trend.js';
import { aScoredReading, NOON } from './a-reading.js';

const HOUR = 3_600_000;

function at(millis: number, differs: Partial<ScoredReading> = {}): ScoredReading {
  return aScoredReading({}, { event_time: NOON + millis, ...differs });
}

function cellOf(readings: readonly ScoredReading[], vital: string): VitalHour | undefined {
  return trend(readings).find((hour) => hour.vital === vital);
}

describe('trend', () => {
  test('gives count, sum and extremes a vital and hour', () => {
    const cell = cellOf([at(0, { temperature: 36.1 }), at(9, { temperature: 38.4 })], 'temperature') as VitalHour;
    expect(vitalsHourlyRow(cell, 'early', '0001', 3)).toEqual({
      patient_id: 'P000123',
      vital: 'temperature',
      window_start: NOON,
      order_key: '0001',
      pane: 'early',
      ward: 'ICU',
      n: 2,
      sum_value: 74.5,
      min_value: 36.1,
      max_value: 38.4,
      last_event_time: NOON + 9,
      batch: 3,
      event_date: '2026-11-21',
    });
  });

  test('a vital that no reading holds has no cell', () => {
    expect(trend([at(0)]).map((hour) => hour.vital)).toEqual(VITAL_NAMES.filter((name) => name !== 'mean_bp'));
    expect(cellOf([at(0, { glucose: null })], 'glucose')).toBeUndefined();
  });

  test('every vital is read into its own cell', () => {
    const values = Object.fromEntries(VITAL_NAMES.map((name, i) => [name, i + 1]));
    const sums = trend([at(0, values)]).map((hour) => [hour.vital, vitalsHourlyRow(hour, 'late', '1', 1).sum_value]);
    expect(Object.fromEntries(sums)).toEqual(values);
  });

  test('hours and patients are kept apart', () => {
    const only = { respiratory_rate: null, spo2: null, systolic_bp: null, diastolic_bp: null, temperature: null };
    const readings = [at(0), at(HOUR - 1), at(HOUR), at(0, { patient_id: 'other' })];
    const cells = trend(readings.map((reading) => ({ ...reading, ...only, glucose: null })));
    expect(cells.map((hour) => [hour.patient_id, hour.window_start - NOON, hour.n])).toEqual([
      ['P000123', 0, 2],
      ['P000123', HOUR, 1],
      ['other', 0, 1],
    ]);
  });

  test('the ward is that at the last event time, the greatest name where several share it', () => {
    const readings = [at(5, { ward: 'B' }), at(5, { ward: 'C' }), at(5, { ward: null }), at(1, { ward: 'Z' })];
    expect(cellOf(readings, 'spo2')?.ward).toBe('C');
    expect(cellOf([...readings].reverse(), 'spo2')?.ward).toBe('C');
    expect(cellOf([at(0, { ward: 'A' }), at(1, { ward: null })], 'spo2')?.ward).toBeNull();
  });

  test('tombstones are passed over', () => {
    expect(trend([at(0, { status: 'entered-in-error' })])).toEqual([]);
  });

  test('an hour whose readings were all withdrawn is a pane of nothing, and is read back as one', () => {
    const empty = emptyVitalHour('P', 'spo2', NOON);
    const row = vitalsHourlyRow(empty, 'late', '1', 1);
    expect(row).toMatchObject({ n: 0, sum_value: null, min_value: null, max_value: null, last_event_time: null });
    expect(vitalHourFromRow(row)).toEqual(empty);
  });
});

const someReadings = fc.array(
  fc
    .record({
      event_time: fc.constantFrom(NOON, NOON + 1, NOON + HOUR - 1),
      ward: fc.constantFrom('A', 'B', null),
      heart_rate: fc.option(fc.integer({ min: 0, max: 350 })),
      temperature: fc.option(fc.integer({ min: 2600, max: 4500 }).map((hundredths) => hundredths / 100)),
      glucose: fc.option(fc.integer({ min: 0, max: 20_000 }).map((tenths) => tenths / 10)),
      status: fc.constantFrom('final', 'corrected', 'entered-in-error'),
    })
    .map((differs) => aScoredReading({}, differs)),
  { minLength: 1, maxLength: 12 },
);

describe('merging vital-hours', () => {
  test('any partition and order gives the same cells, also by way of rows of gold', () => {
    const cuts = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 12, maxLength: 12 });
    const property = fc.property(
      someReadings.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
      cuts,
      ([readings, shuffled], parts) => {
        for (const whole of trend(readings)) {
          const merged = [0, 1, 2, 3]
            .flatMap((part) => trend(shuffled.filter((_, i) => parts[i] === part)))
            .filter((hour) => hour.vital === whole.vital)
            .map((hour) => vitalHourFromRow(vitalsHourlyRow(hour, 'early', '1', 1)))
            .reduceRight(mergeVitalHours, emptyVitalHour(whole.patient_id, whole.vital, NOON));
          expect(merged).toEqual(whole);
        }
      },
    );
    fc.assert(property, { numRuns: 300 });
  });

  test('changes neither of the two', () => {
    const a = cellOf([at(0)], 'spo2') as VitalHour;
    const b = cellOf([at(1, { spo2: 80 })], 'spo2') as VitalHour;
    const before = structuredClone([a, b]);
    expect(mergeVitalHours(a, b)).toMatchObject({ n: 2, min: 80 });
    expect([a, b]).toEqual(before);
  });
});
