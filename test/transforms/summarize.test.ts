import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { ScoredReading } from '../../transforms/reading.js';
import {
  emptyPatientMinute,
  mergePatientMinutes,
  patientSummaryRow,
  summarize,
  type PatientMinute,
} from '../../transforms/summarize.js';
import { aScoredReading, NOON } from './a-reading.js';

const MINUTE = 60_000;

function rowOf(readings: readonly ScoredReading[]) {
  const [minute, ...others] = summarize(readings);
  expect(others).toEqual([]);
  return patientSummaryRow(minute as PatientMinute, 'on_time', '0001', 1);
}

function at(second: number, differs: Partial<ScoredReading> = {}): ScoredReading {
  const id = `reading-${String(second).padStart(2, '0')}`;
  return aScoredReading({}, { reading_id: id, event_time: NOON + second * 1000, ...differs });
}

describe('summarize', () => {
  test('gives count, sum, extremes and last value of each vital', () => {
    const readings = [at(2, { heart_rate: 90 }), at(1, { heart_rate: 70 }), at(0, { heart_rate: 80 })];
    expect(rowOf(readings)).toMatchObject({
      window_start: NOON,
      window_end: NOON + MINUTE,
      event_date: '2026-11-21',
      order_key: '0001',
      pane: 'on_time',
      batch: 1,
      n: 3,
      heart_rate_n: 3,
      heart_rate_sum: 240,
      heart_rate_min: 70,
      heart_rate_max: 90,
      heart_rate_last: 90,
    });
  });

  test('a vital that nothing holds has a count of 0 and no other measure', () => {
    expect(rowOf([at(0, { mean_bp: null })])).toMatchObject({
      mean_bp_n: 0,
      mean_bp_sum: null,
      mean_bp_min: null,
      mean_bp_max: null,
      mean_bp_last: null,
    });
  });

  test('a missing value does not count, and the last one is the last that was there', () => {
    const readings = [at(0, { spo2: 95 }), at(1, { spo2: 93 }), at(2, { spo2: null })];
    expect(rowOf(readings)).toMatchObject({ n: 3, spo2_n: 2, spo2_sum: 188, spo2_last: 93 });
  });

  test('sums decimal values without drift', () => {
    const readings = Array.from({ length: 30 }, (_, i) => at(i, { temperature: 36.1, glucose: 90.1, mean_bp: 70.3 }));
    expect(rowOf(readings)).toMatchObject({ temperature_sum: 1083, glucose_sum: 2703, mean_bp_sum: 2109 });
  });

  test('readings at the same time are ordered by reading_id', () => {
    const [a, b] = [at(5, { reading_id: 'a', heart_rate: 60 }), at(5, { reading_id: 'b', heart_rate: 61 })];
    expect(rowOf([a, b]).heart_rate_last).toBe(61);
    expect(rowOf([b, a]).heart_rate_last).toBe(61);
  });

  test('the ward is that of the last reading which names one', () => {
    expect(rowOf([at(0, { ward: 'A' }), at(1, { ward: 'B' }), at(2, { ward: null })]).ward).toBe('B');
    expect(rowOf([at(0, { ward: null })]).ward).toBeNull();
  });

  test('the worst NEWS2 has the greatest low, then the greatest high, then the least reading_id', () => {
    const scored = (id: string, low: number, high: number, band: string, missing: string | null) =>
      at(0, { reading_id: id, news2_low: low, news2_high: high, news2_band_low: band, news2_missing: missing });
    const readings = [
      scored('d', 5, 5, 'medium', null),
      scored('c', 5, 8, 'medium', 'spo2'),
      scored('b', 5, 8, 'low-medium', 'temperature'),
      scored('a', 2, 20, 'low', 'heart_rate'),
    ];
    for (const order of [readings, [...readings].reverse()]) {
      expect(rowOf(order)).toMatchObject({
        news2_low: 5,
        news2_high: 8,
        news2_missing: 'temperature',
        risk_band: 'low-medium',
      });
    }
  });

  test('a minute in which no NEWS2 applies has none', () => {
    const none = { news2_low: null, news2_high: null, news2_missing: null };
    expect(rowOf([at(0, { ...none, news2_band_low: null })])).toMatchObject({ ...none, risk_band: null });
  });

  test('the worst anomaly has the greatest score, and those over the threshold are counted', () => {
    const anomaly = (id: string, score: number | null, top: string | null) =>
      at(0, {
        reading_id: id,
        anomaly_score: score,
        anomaly_top: top,
        is_anomaly: score === null ? null : top !== null,
      });
    const readings = [anomaly('a', 0.4, null), anomaly('c', 0.7, '{"c":1}'), anomaly('b', 0.7, '{"b":1}')];
    expect(rowOf(readings)).toMatchObject({ anomaly_score: 0.7, anomaly_top: '{"b":1}', anomaly_n: 2 });
    expect(rowOf([anomaly('a', null, null)])).toMatchObject({ anomaly_score: null, anomaly_top: null, anomaly_n: 0 });
  });

  test('tombstones are passed over', () => {
    expect(summarize([at(0, { status: 'entered-in-error' })])).toEqual([]);
    expect(rowOf([at(0, { status: 'entered-in-error' }), at(1)]).n).toBe(1);
  });

  test('patients and minutes are kept apart', () => {
    const readings = [at(0), at(59), at(60), at(1, { patient_id: 'other' }), at(2)];
    const keys = summarize(readings).map(({ patient_id, window_start, n }) => [patient_id, window_start - NOON, n]);
    expect(keys).toEqual([
      ['P000123', 0, 3],
      ['P000123', MINUTE, 1],
      ['other', 0, 1],
    ]);
  });

  test('a minute whose readings were all withdrawn is a pane of nothing', () => {
    const row = patientSummaryRow(emptyPatientMinute('P', NOON), 'late', '0002', 2);
    expect(row).toMatchObject({
      n: 0,
      heart_rate_n: 0,
      heart_rate_sum: null,
      news2_low: null,
      ward: null,
      anomaly_n: 0,
    });
  });
});

/** Readings of one minute with few distinct values, so that ties are frequent. */
const someReadings = fc
  .array(
    fc.record({
      event_time: fc.constantFrom(NOON, NOON + 1, NOON + 59_999),
      ward: fc.constantFrom('A', 'B', null),
      heart_rate: fc.option(fc.integer({ min: 60, max: 63 })),
      temperature: fc.option(fc.integer({ min: 3600, max: 3700 }).map((hundredths) => hundredths / 100)),
      glucose: fc.option(fc.integer({ min: 1, max: 20_000 }).map((tenths) => tenths / 10)),
      anomaly_score: fc.option(fc.constantFrom(0.1, 0.5, 0.5000001)),
      is_anomaly: fc.boolean(),
      news2_low: fc.constantFrom(0, 3, 5),
      news2_high: fc.constantFrom(5, 8),
      news2_missing: fc.constantFrom('spo2', 'heart_rate', null),
      status: fc.constantFrom('final', 'corrected', 'entered-in-error'),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((all) => all.map((differs, i) => aScoredReading({}, { ...differs, reading_id: `r${i}`, anomaly_top: `${i}` })));

describe('merging patient-minutes', () => {
  test('any partition and order of the same readings gives the same row', () => {
    const cuts = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 12, maxLength: 12 });
    const property = fc.property(
      someReadings.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
      cuts,
      ([readings, shuffled], parts) => {
        const whole = summarize(readings);
        const merged = [0, 1, 2, 3]
          .flatMap((part) => summarize(shuffled.filter((_, i) => parts[i] === part)))
          .reduceRight(mergePatientMinutes, emptyPatientMinute('P000123', NOON));
        const expected = whole[0] ?? emptyPatientMinute('P000123', NOON);
        expect(patientSummaryRow(merged, 'late', '1', 1)).toEqual(patientSummaryRow(expected, 'late', '1', 1));
        expect(merged).toEqual(expected);
      },
    );
    fc.assert(property, { numRuns: 300 });
  });

  test('changes neither of the two', () => {
    const [a] = summarize([at(0)]) as [PatientMinute];
    const [b] = summarize([at(1, { heart_rate: 99 })]) as [PatientMinute];
    const before = structuredClone([a, b]);
    mergePatientMinutes(a, b);
    expect([a, b]).toEqual(before);
  });

  test('an accumulator survives JSON', () => {
    const [minute] = summarize([at(0), at(1)]);
    expect(JSON.parse(JSON.stringify(minute))).toEqual(minute);
  });
});
