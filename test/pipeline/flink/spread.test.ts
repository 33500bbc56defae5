import { describe, expect, test } from '@jest/globals';
import { openLakeSnapshot } from '../../../lake/reader.js';
import { partsOf } from '../../../pipeline/sources/read-frozen-parts.js';
import { hashLake } from '../../../query/content-hash.js';
import { bucketOf, dealToBuckets } from '../../../transforms/bucket.js';
import { runMessages, SETTING } from '../../support/direct.js';
import { withFolder } from '../../support/vitals.js';

const reading = (patient: string, sequence: number, seconds: number, heartRate: number) =>
  JSON.stringify({
    version: 1,
    patient_id: patient,
    ward: 'ICU',
    event_time: new Date(Date.UTC(2026, 10, 21, 7) + seconds * 1000).toISOString(),
    sequence,
    heart_rate: heartRate,
    spo2: 95 - (heartRate % 9),
  });

describe('a batch in parts', () => {
  test('the parts hold every row of every file once, in nearly equal parts', () => {
    const files = [
      { path: 'a', bytes: 1, rows: 1_000 },
      { path: 'b', bytes: 1, rows: 7 },
    ];
    const parts = partsOf({ lake: 'l', batch: 3, files }, 8);
    for (const { path, rows } of files) {
      const own = parts.filter((part) => part.path === path);
      expect(own[0]?.from).toBe(0);
      expect(own.at(-1)?.to).toBe(rows);
      own.slice(1).forEach((part, i) => expect(part.from).toBe(own[i]?.to));
    }
    expect(new Set(parts.map(({ part }) => part)).size).toBe(parts.length);
    expect(Math.max(...parts.map(({ from, to }) => to - from))).toBe(126);
  });
});

describe('buckets of patients', () => {
  test('a patient is in one bucket, and many patients fill all of them', () => {
    const rows = Array.from({ length: 1_000 }, (_, i) => ({ patient_id: `patient-${i % 250}` }));
    const dealt = dealToBuckets(rows, 8);
    expect(dealt.flat()).toHaveLength(rows.length);
    dealt.forEach((own, bucket) => {
      expect(own.length).toBeGreaterThan(50);
      for (const { patient_id } of own) expect(bucketOf(patient_id, 8)).toBe(bucket);
    });
  });

  test('their number changes neither silver nor gold', async () => {
    const messages: string[] = [];
    for (let i = 0; i < 120; i += 1) messages.push(reading(`P${i % 7}`, i, (i * 37) % 5_000, 60 + (i % 90)));
    messages.push(...messages.slice(0, 20), reading('P1', 8, (8 * 37) % 5_000, 199), '{"patient_id":');
    const hashes: unknown[] = [];
    for (const buckets of [1, 4]) {
      await withFolder(async (lake) => {
        const graph = { ...SETTING.graph, buckets };
        await runMessages(lake, messages, 80, { graph });
        hashes.push(await hashLake(await openLakeSnapshot(lake)));
      });
    }
    expect(hashes[1]).toEqual(hashes[0]);
  }, 300_000);
});
