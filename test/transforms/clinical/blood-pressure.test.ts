import { describe, expect, test } from '@jest/globals';
import { bloodPressureCategory } from '../../../transforms/clinical/blood-pressure.js';

describe('blood pressure (ACC/AHA 2017)', () => {
  test.each([
    [90, 60, 'normal'],
    [119, 79, 'normal'],
    [120, 79, 'elevated'],
    [129, 79, 'elevated'],
    [130, 79, 'stage_1'],
    [139, 79, 'stage_1'],
    [140, 79, 'stage_2'],
    [180, 79, 'stage_2'],
    [181, 79, 'crisis'],
    [119, 80, 'stage_1'],
    [119, 89, 'stage_1'],
    [119, 90, 'stage_2'],
    [119, 120, 'stage_2'],
    [180, 121, 'crisis'],
  ])('%p/%p is %p', (systolic, diastolic, category) => {
    expect(bloodPressureCategory(systolic, diastolic, null)).toBe(category);
  });

  test('a pressure of 200/130 is a crisis', () => {
    expect(bloodPressureCategory(200, 130, null)).toBe('crisis');
  });

  test.each([
    [125, 85, 'stage_1'],
    [125, 95, 'stage_2'],
    [135, 125, 'crisis'],
    [145, 70, 'stage_2'],
  ])('the higher category wins: %p/%p is %p', (systolic, diastolic, category) => {
    expect(bloodPressureCategory(systolic, diastolic, null)).toBe(category);
  });

  test('without one of the pressures there is no category', () => {
    expect(bloodPressureCategory(200, null, null)).toBeNull();
    expect(bloodPressureCategory(null, 130, null)).toBeNull();
    expect(bloodPressureCategory(null, null, null)).toBeNull();
  });

  test('is for adults: a child has none, an unknown age counts as adult', () => {
    expect(bloodPressureCategory(200, 130, 15)).toBeNull();
    expect(bloodPressureCategory(200, 130, 16)).toBe('crisis');
    expect(bloodPressureCategory(200, 130, null)).toBe('crisis');
  });
});
