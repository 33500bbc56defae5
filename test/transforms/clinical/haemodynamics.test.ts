import { describe, expect, test } from '@jest/globals';
import { meanArterialPressure } from '../../../transforms/clinical/mean-arterial-pressure.js';
import { pulsePressure } from '../../../transforms/clinical/pulse-pressure.js';
import { shockIndex } from '../../../transforms/clinical/shock-index.js';

describe('mean arterial pressure', () => {
  test.each([
    [120, 80, 93.3],
    [118, 72, 87.3],
    [90, 60, 70],
    [100, 50, 66.7],
    [0, 0, 0],
  ])('of %p/%p is %p', (systolic, diastolic, mean) => {
    expect(meanArterialPressure(systolic, diastolic)).toBe(mean);
  });

  test('needs both pressures', () => {
    expect(meanArterialPressure(120, null)).toBeNull();
    expect(meanArterialPressure(null, 80)).toBeNull();
  });
});

describe('pulse pressure', () => {
  test('is systolic minus diastolic', () => {
    expect(pulsePressure(118, 72)).toBe(46);
    expect(pulsePressure(80, 80)).toBe(0);
  });

  test('needs both pressures', () => {
    expect(pulsePressure(118, null)).toBeNull();
    expect(pulsePressure(null, 72)).toBeNull();
  });
});

describe('shock index', () => {
  test.each([
    [91, 118, 0.77],
    [100, 100, 1],
    [0, 120, 0],
    [1, 200, 0.01],
    [129, 200, 0.65],
  ])('of a heart rate of %p and a systolic pressure of %p is %p, half-up', (heartRate, systolic, index) => {
    expect(shockIndex(heartRate, systolic)).toBe(index);
  });

  test('is undefined, not infinite, at a systolic pressure of 0', () => {
    expect(shockIndex(80, 0)).toBeNull();
  });

  test('needs both values', () => {
    expect(shockIndex(null, 120)).toBeNull();
    expect(shockIndex(80, null)).toBeNull();
  });
});
