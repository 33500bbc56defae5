import { expect, test } from '@jest/globals';
import { orderKeys } from '../../../pipeline/engines/micro-batch/order-key.js';

test('order keys have a fixed width, are unique, and rise with batch, share and number as text', () => {
  const keys: string[] = [];
  for (const batch of [1, 2, 99_999, 1_000_000]) {
    for (const share of [0, 1, 999]) {
      const next = orderKeys(batch, share);
      for (let i = 0; i < 12; i += 1) keys.push(next());
    }
  }
  expect(new Set(keys.map((key) => key.length)).size).toBe(1);
  expect(new Set(keys).size).toBe(keys.length);
  expect([...keys].sort()).toEqual(keys);
});
