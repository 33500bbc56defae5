import { describe, expect, test } from '@jest/globals';
import { Watermark } from '../../../pipeline/engines/micro-batch/watermark.js';

describe('the watermark', () => {
  test('trails the latest event time by the out-of-orderness and never falls', () => {
    const watermark = new Watermark(30_000, -Infinity);
    watermark.observe(100_000, null);
    expect(watermark.value).toBe(70_000);
    watermark.observe(50_000, null);
    expect(watermark.value).toBe(70_000);
  });

  test('takes up where the last batch left it', () => {
    const watermark = new Watermark(30_000, 70_000);
    expect(watermark.value).toBe(70_000);
    watermark.observe(90_000, null);
    expect(watermark.value).toBe(70_000);
  });

  test('a clock that is a day ahead moves it by five minutes at most', () => {
    const watermark = new Watermark(0, -Infinity);
    watermark.observe(86_400_000, 1_000);
    expect(watermark.value).toBe(301_000);
  });
});
