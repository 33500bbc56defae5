import { describe, expect, test } from '@jest/globals';

import { createPatients } from '../../simulator/patients.js';
import { FACTORS, factorStep, FEVER_IN_TEMPERATURE, FEVER_LOADINGS } from '../../simulator/factors.js';
import { record, type Recording } from '../../simulator/realism/recording.js';
import { autocorrelation, centred } from '../../simulator/realism/within.js';
import { DAY, FROM, HOUR, MINUTE } from './simulation.js';

describe('physiology', () => {
  test('the squares of the loadings on each vital sum to 1', () => {
    const sum = (vital: 'heart_rate' | 'respiratory_rate' | 'systolic_bp' | 'diastolic_bp' | 'spo2' | 'temperature') =>
      FACTORS.reduce((total, factor) => total + factor[vital] ** 2, 0);
    expect(sum('heart_rate') + FEVER_LOADINGS.heart_rate ** 2).toBeCloseTo(1, 2);
    expect(sum('respiratory_rate') + FEVER_LOADINGS.respiratory_rate ** 2).toBeCloseTo(1, 2);
    expect(sum('diastolic_bp') + FEVER_LOADINGS.diastolic_bp ** 2).toBeCloseTo(1, 2);
    expect(sum('temperature') + FEVER_IN_TEMPERATURE ** 2).toBeCloseTo(1, 2);
    expect(sum('systolic_bp')).toBeCloseTo(1, 2);
    expect(sum('spo2')).toBeCloseTo(1, 2);
  });

  test('temperature keeps variance 1 at any step, from a millisecond to a day', () => {
    for (const hours of [1 / 3_600_000, 1 / 3600, 1 / 477, 1 / 475, 1 / 60, 1, 24]) {
      const { fever } = factorStep(hours);
      const level = fever.levelFromLevel ** 2 + fever.levelFromSlope ** 2 + fever.levelNoise ** 2;
      const slopeVariance =
        fever.levelFromSlope ** 2 + fever.slopeFromSlope ** 2 + fever.slopeSharedNoise ** 2 + fever.slopeOwnNoise ** 2;
      const together =
        fever.levelFromSlope * (fever.slopeFromSlope - fever.levelFromLevel) +
        fever.levelNoise * fever.slopeSharedNoise;
      expect(Math.abs(level - 1)).toBeLessThan(1e-6);
      expect(Math.abs(slopeVariance - 1)).toBeLessThan(1e-4);
      expect(Math.abs(together)).toBeLessThan(1e-6);
    }
  });

  test('autocorrelation depends on time, not on the number of steps between', () => {
    const people = createPatients('test', 700).filter((each) => each.age >= 18);
    const recorded = (first: number, intervalMs: number): Recording =>
      record({
        people: people.slice(first, first + 300).map((each) => ({ ...each, ward: 'ICU' })),
        seed: 'test',
        from: FROM,
        samples: DAY / intervalMs,
        intervalMs,
      });
    const [fine, coarse] = [recorded(0, 10 * MINUTE), recorded(300, HOUR)];
    for (const vital of ['heart_rate', 'respiratory_rate', 'temperature', 'systolic_bp', 'diastolic_bp'] as const) {
      const fromFine = autocorrelation(centred(fine.vitals[vital]), 6);
      expect(Math.abs(autocorrelation(centred(coarse.vitals[vital]), 1) - fromFine)).toBeLessThan(0.06);
    }
  });
});
