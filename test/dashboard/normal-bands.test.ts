import { describe, expect, test } from '@jest/globals';
import { bandOfAggregate, HIGH_FROM, MEDIUM_FROM } from '../../dashboard/pages/logic/risk.js';
import { NORMAL_BANDS, normalBands } from '../../dashboard/queries/normal-bands.js';
import { news2 } from '../../transforms/clinical/news2.js';

describe('the normal bands of the charts', () => {
  test('of an adult are where NEWS2 scores nothing, and glucose between hypo- and hyperglycaemia', () => {
    expect(normalBands(1, 64)).toEqual({
      heart_rate: [51, 90],
      respiratory_rate: [12, 20],
      spo2: [96, 100],
      systolic_bp: [111, 219],
      diastolic_bp: null,
      mean_bp: null,
      temperature: [36.1, 38],
      glucose: [70, 180],
    });
    expect(normalBands(null, null)).toBe(NORMAL_BANDS);
  });

  test('on scale 2 the saturation is normal from 88', () => {
    expect(normalBands(2, 64)).toEqual({ ...NORMAL_BANDS, spo2: [88, 100] });
  });

  test('of a child are the APLS ranges of the age, and none that is only an adult’s', () => {
    expect(normalBands(1, 3)).toEqual({
      ...NORMAL_BANDS,
      heart_rate: [95, 140],
      respiratory_rate: [25, 30],
      spo2: null,
      systolic_bp: null,
      temperature: [36.1, 37.9],
    });
    expect(normalBands(1, 15).heart_rate).toEqual([60, 100]);
    expect(normalBands(1, 16)).toBe(NORMAL_BANDS);
  });
});

describe('the risk that colours stand for', () => {
  test('is medium from 5 and high from 7', () => {
    expect([MEDIUM_FROM, HIGH_FROM]).toEqual([5, 7]);
    expect([null, 0, 4, 5, 6, 7, 20].map(bandOfAggregate)).toEqual([
      ...['unknown', 'low', 'low', 'medium', 'medium', 'high', 'high'],
    ]);
  });

  test('is that of the score', () => {
    const worst = {
      respiratory_rate: 30,
      spo2: 90,
      spo2_scale: 1,
      supplemental_oxygen: true,
      systolic_bp: 120,
    } as const;
    const scored = news2({ ...worst, heart_rate: 70, consciousness: 'A', temperature: 37, age: 64, pregnant: false });
    expect(bandOfAggregate(scored.low)).toBe(scored.band_low);
  });
});
