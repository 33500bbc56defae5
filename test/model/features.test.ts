import { describe, expect, test } from '@jest/globals';
import { featureFiller, STREAM_FEATURES, type FeatureSource } from '../../model/features.js';
import { ConfigurationError } from '../../schema/errors.js';

const READING: FeatureSource = {
  heart_rate: 78,
  respiratory_rate: 16,
  spo2: 97,
  systolic_bp: 118,
  diastolic_bp: 72,
  mean_bp: 87.3,
  temperature: 36.8,
  glucose: 98,
  age: 64,
  supplemental_oxygen: true,
};

describe('features of the stream', () => {
  test('are the eight of the reference forest, in its order, with UCUM units', () => {
    expect(STREAM_FEATURES).toEqual([
      { name: 'heart_rate', unit: '/min' },
      { name: 'respiratory_rate', unit: '/min' },
      { name: 'spo2', unit: '%' },
      { name: 'systolic_bp', unit: 'mm[Hg]' },
      { name: 'diastolic_bp', unit: 'mm[Hg]' },
      { name: 'temperature', unit: 'Cel' },
      { name: 'age', unit: 'a' },
      { name: 'supplemental_oxygen', unit: null },
    ]);
  });

  test('are written at the offset that is asked for, and nowhere else', () => {
    const out = new Float64Array(12).fill(-1);
    featureFiller(STREAM_FEATURES)(READING, out, 2);
    expect([...out]).toEqual([-1, -1, 78, 16, 97, 118, 72, 36.8, 64, 1, -1, -1]);
  });

  test('follow the order of the model', () => {
    const out = new Float64Array(3);
    featureFiller([{ name: 'glucose' }, { name: 'age' }, { name: 'heart_rate' }])(READING, out, 0);
    expect([...out]).toEqual([98, 64, 78]);
  });

  test('are NaN where a value is missing, and 0 where it is false or zero', () => {
    const out = new Float64Array(8);
    const reading = { ...READING, heart_rate: 0, spo2: null, age: null, supplemental_oxygen: false };
    featureFiller(STREAM_FEATURES)(reading, out, 0);
    expect([...out]).toEqual([0, 16, NaN, 118, 72, 36.8, NaN, 0]);
  });

  test.each(['f0', 'toString', '__proto__', ''])('refuse a model with feature %p before any reading comes', (name) => {
    expect(() => featureFiller([{ name: 'age' }, { name }])).toThrow(ConfigurationError);
    expect(() => featureFiller([{ name: 'age' }, { name }])).toThrow(`feature '${name}' is not part of a reading`);
  });
});
