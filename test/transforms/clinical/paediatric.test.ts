import { describe, expect, test } from '@jest/globals';
import {
  paediatricHeartRateBand,
  paediatricRange,
  paediatricRespiratoryRateBand,
  paediatricSystolicBand,
  paediatricSystolicLimit,
} from '../../../transforms/clinical/paediatric.js';

describe('a child against the APLS ranges', () => {
  test.each([
    [0, 110, 160],
    [1, 100, 150],
    [2, 95, 140],
    [4, 95, 140],
    [5, 80, 120],
    [11, 80, 120],
    [12, 60, 100],
    [15, 60, 100],
  ])('at %p years the heart rate is within from %p to %p', (age, low, high) => {
    expect([low - 1, low, high, high + 1].map((rate) => paediatricHeartRateBand(rate, age))).toEqual([
      'below',
      'within',
      'within',
      'above',
    ]);
  });

  test.each([
    [0, 30, 40],
    [1, 25, 35],
    [2, 25, 30],
    [4, 25, 30],
    [5, 20, 25],
    [11, 20, 25],
    [12, 15, 20],
    [15, 15, 20],
  ])('at %p years the respiratory rate is within from %p to %p', (age, low, high) => {
    expect([low - 1, low, high, high + 1].map((rate) => paediatricRespiratoryRateBand(rate, age))).toEqual([
      'below',
      'within',
      'within',
      'above',
    ]);
  });

  test.each([
    [0, 70],
    [1, 72],
    [5, 80],
    [9, 88],
    [10, 90],
    [11, 90],
    [15, 90],
  ])('at %p years a systolic pressure is low below %p', (age, limit) => {
    expect(paediatricSystolicBand(limit - 1, age)).toBe('below');
    expect(paediatricSystolicBand(limit, age)).toBe('not_below');
    expect(paediatricSystolicLimit(age)).toBe(limit);
  });

  test('a heart rate of 150 is within at one year and above at five: the adult category is for neither', () => {
    expect(paediatricHeartRateBand(150, 1)).toBe('within');
    expect(paediatricHeartRateBand(150, 5)).toBe('above');
  });

  test.each([paediatricHeartRateBand, paediatricRespiratoryRateBand, paediatricSystolicBand])(
    '%p is null from 16, at an unknown age, and for a missing value, which is never 0',
    (band) => {
      expect(band(100, 16)).toBeNull();
      expect(band(100, null)).toBeNull();
      expect(band(null, 5)).toBeNull();
      expect(band(0, 5)).toBe('below');
    },
  );

  test('there is no APLS range for an adult', () => {
    expect(() => paediatricRange('heart_rate', 16)).toThrow(RangeError);
  });
});
