import { describe, expect, test } from '@jest/globals';
import { SILVER_PATIENT_VITALS } from '../../schema/tables/silver-patient-vitals.js';
import type { AnomalyModel } from '../../model/model.js';
import type { EnrichedReading, ScoredReading } from '../../transforms/reading.js';
import { describeScores, scoreReadings } from '../../transforms/score.js';
import { anEnrichedReading } from './a-reading.js';

function scoreOne(differs: Partial<EnrichedReading> = {}, model: AnomalyModel | null = null): ScoredReading {
  const [scored] = scoreReadings([anEnrichedReading(differs)], model, '1');
  return scored as ScoredReading;
}

/**
 * A model whose score is 0.1 for every unit that the heart rate, and 0.01 that the saturation, differ from 78 and 97;
 * it explains nothing but those, and has no score without a heart rate.
 */
function aModel(): AnomalyModel & { explained: number } {
  const features = ['heart_rate', 'spo2', 'temperature', 'systolic_bp'].map((name) => ({
    name,
    unit: null,
    median: 0,
  }));
  const partsOf = (row: Float64Array) =>
    Float64Array.of((row[0]! - 78) / 10, Math.abs(row[1]! - 97) / 100, -0.05, 0.00001);
  return {
    id: 'forest-000000000000',
    kind: 'forest',
    features,
    threshold: 0.5,
    explained: 0,
    score(rows, count) {
      return Float64Array.from({ length: count }, (_, i) => {
        return partsOf(rows.subarray(i * 4, i * 4 + 4)).reduce((sum, part) => sum + part, 0.3);
      });
    },
    explain(row) {
      this.explained++;
      const contributions = partsOf(row);
      return { score: contributions.reduce((sum, part) => sum + part, 0.3), baseline: 0.3, contributions };
    },
  };
}

describe('scoreReadings', () => {
  test('gives a row with exactly the columns of silver, and where it came from', () => {
    const columns = SILVER_PATIENT_VITALS.columns.map((column) => column.name);
    const provenance = ['offset', 'item', 'publish_time', 'receive_time'];
    expect(Object.keys(scoreOne()).sort()).toEqual([...columns, ...provenance].sort());
  });

  test('scores a reading with every value', () => {
    const reading = { heart_rate: 95, systolic_bp: 118, diastolic_bp: 72, temperature: 36, spo2: 95, glucose: 190.2 };
    expect(scoreOne(reading)).toMatchObject({
      mean_arterial_pressure: 87.3,
      pulse_pressure: 46,
      shock_index: 0.81,
      bp_category: 'normal',
      heart_rate_category: 'normal',
      spo2_category: 'normal',
      temperature_category: 'low',
      glucose_category: 'hyperglycaemia',
      news2_low: 3,
      news2_high: 3,
      news2_missing: null,
      news2_band_low: 'low',
      news2_band_high: 'low',
      news2_reason: null,
      qsofa_low: 0,
      qsofa_high: 0,
      sirs_low: 1,
      sirs_high: 1,
      mews_low: 1,
      mews_high: 1,
      spo2_scale: 1,
      rule_version: '1',
      conflict: false,
      event_date: '2026-11-21',
    });
  });

  test('a reading that lacks values has intervals and names what is missing', () => {
    expect(scoreOne({ respiratory_rate: null, consciousness: null, diastolic_bp: null })).toMatchObject({
      news2_low: 0,
      news2_high: 6,
      news2_missing: 'respiratory_rate,consciousness',
      news2_band_low: 'low',
      news2_band_high: 'medium',
      qsofa_low: 0,
      qsofa_high: 2,
      sirs_low: 0,
      sirs_high: 1,
      mews_low: 0,
      mews_high: 6,
      bp_category: null,
      mean_arterial_pressure: null,
      pulse_pressure: null,
    });
  });

  test('a child and a pregnant patient have the reason instead of a NEWS2', () => {
    const none = { news2_low: null, news2_high: null, news2_missing: null, news2_band_low: null };
    expect(scoreOne({ age: 8 })).toMatchObject({ ...none, news2_reason: 'under_16', qsofa_low: null, mews_high: null });
    expect(scoreOne({ pregnant: true })).toMatchObject({ ...none, news2_reason: 'pregnant', qsofa_low: 0 });
  });

  test('a child is held against the ranges of the age, and has no category that is only an adult’s', () => {
    const child = { age: 3, heart_rate: 150, respiratory_rate: 28, systolic_bp: 75, diastolic_bp: 40 };
    expect(scoreOne(child)).toMatchObject({
      paediatric_heart_rate_band: 'above',
      paediatric_respiratory_rate_band: 'within',
      paediatric_systolic_bp_band: 'below',
      heart_rate_category: null,
      bp_category: null,
      temperature_category: 'normal',
    });
    const paediatric = { heart_rate: 'above', respiratory_rate: 'within', systolic_bp: 'below' };
    expect(describeScores(anEnrichedReading(child), null)).toMatchObject({ paediatric, bp_category: null });
    expect(scoreOne({ age: null })).toMatchObject({ paediatric_heart_rate_band: null, heart_rate_category: 'normal' });
    expect(describeScores(anEnrichedReading({ age: 16 }), null)).not.toHaveProperty('paediatric');
  });

  test('the scale that was scored by is in the row', () => {
    expect(scoreOne({ spo2_scale: 2, spo2: 90 })).toMatchObject({ spo2_scale: 2, news2_low: 0 });
    expect(scoreOne({ spo2_scale: null, spo2: 90 })).toMatchObject({ spo2_scale: 1, news2_low: 3 });
  });

  test('a tombstone keeps its identity and its vitals and has no scores', () => {
    const row = scoreOne({ status: 'entered-in-error', heart_rate: 300 }, aModel());
    expect(row).toMatchObject({
      status: 'entered-in-error',
      reading_id: 'reading-1',
      heart_rate: 300,
      systolic_bp: 118,
    });
    const scores = Object.keys(row).filter((name) =>
      /news2|qsofa|sirs|mews|paediatric|category|anomal|mean_art|pulse|shock|model/.test(name),
    );
    expect(scores.length).toBeGreaterThanOrEqual(27);
    for (const name of scores) expect([name, row[name as keyof ScoredReading]]).toEqual([name, null]);
  });

  test('flags are JSON with their fields sorted', () => {
    const flags = { temperature: ['F_TO_C', 'ROUND'], spo2: ['FRACTION'] };
    expect(scoreOne({ flags }).flags).toBe('{"spo2":["FRACTION"],"temperature":["F_TO_C","ROUND"]}');
    expect(scoreOne({ flags: {} }).flags).toBeNull();
  });

  test('keeps the order of the readings', () => {
    const readings = ['c', 'a', 'b'].map((reading_id) => anEnrichedReading({ reading_id }));
    expect(scoreReadings(readings, null, '1').map((row) => row.reading_id)).toEqual(['c', 'a', 'b']);
  });

  test('an unflawed reading has the same scores in a row and described', () => {
    const reading = anEnrichedReading({ heart_rate: 112, spo2: 93, temperature: null, consciousness: 'V' });
    const row = scoreOne(reading);
    const described = describeScores(reading, null);
    expect(described).toMatchObject({
      news2: { low: row.news2_low, high: row.news2_high, band_low: row.news2_band_low, band_high: row.news2_band_high },
      qsofa: { low: row.qsofa_low, high: row.qsofa_high },
      sirs: { low: row.sirs_low, high: row.sirs_high },
      mews: { low: row.mews_low, high: row.mews_high },
      bp_category: row.bp_category,
      shock_index: row.shock_index,
    });
    expect(described.news2.missing.join(',')).toBe(row.news2_missing);
  });
});

describe('the anomaly of a row', () => {
  test('without a model is null', () => {
    const none = { anomaly_score: null, is_anomaly: null, anomaly_top: null, model_id: null };
    expect(scoreOne()).toMatchObject(none);
  });

  test('below the threshold has a score and is not explained', () => {
    const model = aModel();
    const row = scoreOne({}, model);
    expect(row.anomaly_score).toBeCloseTo(0.25001, 10);
    expect(row).toMatchObject({ is_anomaly: false, anomaly_top: null, model_id: 'forest-000000000000' });
    expect(model.explained).toBe(0);
  });

  test('at or above it names the largest positive contributions, largest first, to 4 digits', () => {
    const model = aModel();
    const row = scoreOne({ heart_rate: 83, spo2: 90 }, model);
    expect(row.is_anomaly).toBe(true);
    expect(row.anomaly_top).toBe('{"heart_rate":0.5,"spo2":0.07}');
    expect(model.explained).toBe(1);
  });

  test('a score that the model cannot give is null', () => {
    const none = { anomaly_score: null, is_anomaly: null, anomaly_top: null, model_id: null };
    expect(scoreOne({ heart_rate: null }, aModel())).toMatchObject(none);
  });

  test('in a block each row has its own', () => {
    const rates = [78, 85, 78, 90];
    const rows = scoreReadings(
      rates.map((heart_rate) => anEnrichedReading({ heart_rate })),
      aModel(),
      '1',
    );
    expect(rows.map((row) => row.is_anomaly)).toEqual([false, true, false, true]);
  });
});

describe('a calibrated model', () => {
  const thresholdOf = (ward: string | null) => (ward === 'ICU' ? 0.9 : 0.2);
  const calibrated = { ...aModel(), thresholdOf };
  const wards = ['ICU', 'MED', null];

  test('judges each reading by the threshold of its ward, and so does its challenger', () => {
    const readings = wards.map((ward) => anEnrichedReading({ ward }));
    const rows = scoreReadings(readings, calibrated, '1', calibrated);
    expect(rows.map((row) => row.is_anomaly)).toEqual([false, true, true]);
    expect(rows.map((row) => row.challenger_is_anomaly)).toEqual([false, true, true]);
    const uncalibrated = scoreReadings(readings, aModel(), '1', aModel());
    expect(uncalibrated.map((row) => row.is_anomaly)).toEqual([false, false, false]);
  });

  test('shows the threshold that a reading was judged by', () => {
    const described = wards.map((ward) => describeScores(anEnrichedReading({ ward }), calibrated).anomaly);
    expect(described.map((anomaly) => [anomaly?.threshold, anomaly?.is_anomaly])).toEqual([
      [0.9, false],
      [0.2, true],
      [0.2, true],
    ]);
  });
});

describe('describeScores', () => {
  test('has the shape of INTERFACES, keys in its order', () => {
    const reading = anEnrichedReading({
      respiratory_rate: null,
      spo2: 93,
      heart_rate: 95,
      systolic_bp: 124,
      diastolic_bp: 78,
    });
    const described = describeScores(reading, null);
    expect(JSON.stringify(described)).toBe(
      JSON.stringify({
        news2: {
          low: 3,
          high: 6,
          exact: false,
          missing: ['respiratory_rate'],
          band_low: 'low',
          band_high: 'medium',
          points: { spo2: 2, supplemental_oxygen: 0, systolic_bp: 0, heart_rate: 1, consciousness: 0, temperature: 0 },
          applicable: true,
          reason: null,
        },
        bp_category: 'elevated',
        mean_arterial_pressure: 93.3,
        pulse_pressure: 46,
        shock_index: 0.77,
        qsofa: { low: 0, high: 1 },
        sirs: { low: 1, high: 2 },
        mews: { low: 0, high: 3 },
      }),
    );
  });

  test('with a model splits the score over every feature', () => {
    const { anomaly } = describeScores(anEnrichedReading({ heart_rate: 83, spo2: 90 }), aModel());
    expect(anomaly).toMatchObject({
      threshold: 0.5,
      is_anomaly: true,
      model_id: 'forest-000000000000',
      cause: 'patient',
    });
    const { contributions, score } = anomaly as { contributions: Record<string, number>; score: number };
    expect(Object.keys(contributions)).toEqual(['heart_rate', 'spo2', 'temperature', 'systolic_bp']);
    expect(Object.values(contributions).reduce((sum, part) => sum + part, 0.3)).toBeCloseTo(score, 9);
  });

  test.each([
    [{ temperature: ['PROBE_OFF'] }, 'sensor'],
    [{ spo2: ['FRACTION', 'SENTINEL'] }, 'sensor'],
    [{ temperature: ['F_TO_C'] }, 'patient'],
    [{ glucose: ['SENTINEL'] }, 'patient'],
  ])('with the flags %j the cause is the %s: only what the model reads is evidence', (flags, cause) => {
    expect(describeScores(anEnrichedReading({ flags }), aModel()).anomaly?.cause).toBe(cause);
  });

  test('where the model has no score it says so', () => {
    expect(describeScores(anEnrichedReading({ heart_rate: null }), aModel()).anomaly).toEqual({
      score: null,
      threshold: 0.5,
      is_anomaly: null,
      model_id: 'forest-000000000000',
      contributions: {},
      cause: null,
    });
  });

  test('a tombstone has the same keys and no scores', () => {
    const described = describeScores(anEnrichedReading({ status: 'entered-in-error' }), aModel());
    expect(Object.keys(described)).toEqual(Object.keys(describeScores(anEnrichedReading(), aModel())));
    expect(described).toMatchObject({
      news2: { applicable: false, reason: 'entered_in_error', low: null },
      bp_category: null,
      qsofa: { low: null, high: null },
      anomaly: { score: null },
    });
  });
});
