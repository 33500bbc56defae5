import { expect } from '@jest/globals';
import { cleanse } from '../../../transforms/cleanse.js';
import { decode } from '../../../transforms/decode/index.js';
import type { Message, Reading } from '../../../transforms/reading.js';
import type { Reject } from '../../../transforms/reject.js';

/** What became of a message of any number of items. */
export interface Items {
  readonly readings: readonly Reading[];
  readonly rejects: readonly Reject[];
  /** How each item ended, by its number: a reading's patient, or the reason of its reject. */
  readonly ends: readonly string[];
}

/** Decodes and cleanses a message, and checks that its items are numbered from 0 and that each ends exactly once. */
export function itemsOf(message: Message, timezone: string | null = null): Items {
  const decoded = decode(message, { timezone });
  const rejects: Reject[] = [...decoded.rejects];
  const readings: Reading[] = [];
  for (const row of decoded.rows) {
    const cleansed = cleanse(row, { checkClock: false });
    rejects.push(...cleansed.rejects);
    readings.push(...cleansed.rows);
  }
  const ends = [
    ...readings.map(({ item, patient_id }) => [item, patient_id] as const),
    ...rejects.filter(({ scope }) => scope === 'item').map(({ item, reason }) => [item, reason] as const),
  ].sort(([a], [b]) => a - b);
  expect(ends.map(([item]) => item)).toEqual(ends.map((_, index) => index));
  expect(ends.length).toBeGreaterThan(0);
  for (const { offset, source_message_id } of [...readings, ...rejects]) {
    expect([offset, source_message_id]).toEqual([message.offset, message.message_id]);
  }
  return { readings, rejects, ends: ends.map(([, end]) => end) };
}
