import { describe, expect, test } from '@jest/globals';
import {
  glucoseCategory,
  heartRateCategory,
  spo2Category,
  temperatureCategory,
} from '../../../transforms/clinical/categories.js';

describe('categories', () => {
  test.each([
    [0, 'bradycardia'],
    [59, 'bradycardia'],
    [60, 'normal'],
    [100, 'normal'],
    [101, 'tachycardia'],
  ])('a heart rate of %p is %p', (value, category) => {
    expect(heartRateCategory(value, null)).toBe(category);
    expect(heartRateCategory(value, 16)).toBe(category);
  });

  test('a child has no adult category of heart rate, whatever it is', () => {
    for (const value of [30, 80, 150]) expect(heartRateCategory(value, 15)).toBeNull();
  });

  test.each([
    [100, 'normal'],
    [95, 'normal'],
    [94, 'mild_hypoxaemia'],
    [90, 'mild_hypoxaemia'],
    [89, 'moderate_hypoxaemia'],
    [75, 'moderate_hypoxaemia'],
    [74, 'severe_hypoxaemia'],
    [0, 'severe_hypoxaemia'],
  ])('a saturation of %p is %p', (value, category) => {
    expect(spo2Category(value)).toBe(category);
  });

  test.each([
    [26, 'severe_hypothermia'],
    [27.9, 'severe_hypothermia'],
    [28, 'moderate_hypothermia'],
    [31.9, 'moderate_hypothermia'],
    [32, 'mild_hypothermia'],
    [34.94, 'mild_hypothermia'],
    [34.95, 'low'],
    [35, 'low'],
    [36, 'low'],
    [36.1, 'normal'],
    [37.9, 'normal'],
    [37.94, 'normal'],
    [38, 'fever'],
    [39, 'fever'],
    [39.1, 'high_fever'],
    [40.9, 'high_fever'],
    [41, 'hyperpyrexia'],
    [45, 'hyperpyrexia'],
  ])('a temperature of %p is %p', (value, category) => {
    expect(temperatureCategory(value)).toBe(category);
  });

  test.each([
    [53.9, 'severe_hypoglycaemia'],
    [54, 'hypoglycaemia'],
    [69.9, 'hypoglycaemia'],
    [70, 'normal'],
    [180, 'normal'],
    [180.1, 'hyperglycaemia'],
    [250, 'hyperglycaemia'],
    [250.1, 'severe_hyperglycaemia'],
    [2000, 'severe_hyperglycaemia'],
  ])('a glucose of %p mg/dL is %p', (value, category) => {
    expect(glucoseCategory(value)).toBe(category);
  });

  test('a missing value has no category', () => {
    expect(heartRateCategory(null, null)).toBeNull();
    for (const category of [spo2Category, temperatureCategory, glucoseCategory]) {
      expect(category(null)).toBeNull();
    }
  });
});
