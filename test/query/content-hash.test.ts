import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { hashLake, type ContentHashes } from '../../query/content-hash.js';
import type { SilverRow } from '../../schema/tables/silver-patient-vitals.js';
import { fixtureLake, type FixtureTables } from './fixture-lake.js';
import { alertRow, at, hourlyRow, silverRow, summaryRow, wardRow } from './fixture-rows.js';

async function hash(tables: FixtureTables): Promise<ContentHashes> {
  return hashLake(await fixtureLake(tables), { memoryLimit: '256MB', threads: 1 });
}

const silver = (...files: SilverRow[][]) => hash({ 'silver.patient_vitals': files });

/** Two readings, one of them in three versions, the last a tombstone. */
const ROWS = [
  silverRow({ reading_id: 'r1', temperature: 36.8, heart_rate: 78, flags: '{"a":["b"]}' }),
  silverRow({ reading_id: 'r2', content_hash: 'x', event_time: at('10:00:00') }),
  silverRow({ reading_id: 'r2', content_hash: 'y', event_time: at('10:00:00'), sent_time: at('11:00:00'), spo2: 91 }),
  silverRow({ reading_id: 'r2', content_hash: 'a', status: 'entered-in-error', event_time: at('10:00:00') }),
];

describe('the silver hash', () => {
  test('is pinned: the same rows hash alike in every version of this program', async () => {
    expect(await silver(ROWS)).toMatchInlineSnapshot(`
     {
       "gold_hash": "3e06e003555716a4387d73493f8a25dd27caa1f26d8c94fd3942aa1ae1071491",
       "gold_rows": 0,
       "silver_hash": "785d3759f415fdeed44d9675f0fd2cda0455cb15627ddf68f08f3d54f09baca6",
       "silver_rows": 2,
     }
    `);
  });

  test('does not depend on the order of rows, the cut into files or what the pipeline noted about itself', async () => {
    const expected = (await silver(ROWS)).silver_hash;
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(ROWS, { minLength: ROWS.length }),
        fc.integer({ min: 1, max: ROWS.length }),
        fc.nat(),
        async (rows, size, batch) => {
          const noted = rows.map((row) => ({
            ...row,
            batch,
            source_message_id: `m${batch}`,
            conflict: batch % 2 === 0,
          }));
          const files: SilverRow[][] = [];
          for (let index = 0; index < noted.length; index += size) files.push(noted.slice(index, index + size));
          expect((await silver(...files)).silver_hash).toBe(expected);
        },
      ),
      { numRuns: 10 },
    );
  });

  test('does not depend on versions that lost', async () => {
    const winner = ROWS[3] as SilverRow;
    expect((await silver([ROWS[0] as SilverRow, winner])).silver_hash).toBe((await silver(ROWS)).silver_hash);
  });

  test('counts each current reading once, tombstones too', async () => {
    expect((await silver(ROWS)).silver_rows).toBe(2);
  });

  test.each([
    ['a value', { heart_rate: 79 }],
    ['a millisecond', { event_time: at('00:00:00.001') }],
    ['the last decimal', { temperature: 36.81 }],
    ['missing instead of empty', { bed: '' }],
    ['which vital holds a value', { heart_rate: null, respiratory_rate: 78 }],
  ])('changes with %s', async (_what, change) => {
    const [first, ...rest] = ROWS as [SilverRow, ...SilverRow[]];
    const base = { ...first, bed: null };
    expect((await silver([{ ...base, ...change }, ...rest])).silver_hash).not.toBe(
      (await silver([base, ...rest])).silver_hash,
    );
  });

  test('a text that looks like a separator does not move into the next column', async () => {
    const a = await silver([silverRow({ ward: 'A","B', bed: null })]);
    const b = await silver([silverRow({ ward: 'A', bed: 'B' })]);
    expect(a.silver_hash).not.toBe(b.silver_hash);
  });
});

describe('the gold hash', () => {
  const gold = {
    'gold.patient_summary': [[summaryRow({ order_key: '1', n: 1 }), summaryRow({ order_key: '2', n: 2 })]],
    'gold.vitals_hourly': [[hourlyRow({ n: 2 })]],
    'gold.ward_alerts_hourly': [[wardRow({})]],
    'gold.alerts': [[alertRow({})]],
  };

  test('is that of the latest panes, whatever came before and how the file was cut', async () => {
    const direct = {
      ...gold,
      'gold.patient_summary': [[summaryRow({ order_key: '7', n: 2, pane: 'late', batch: 9 })]],
    };
    const expected = await hash(gold);
    expect((await hash(direct)).gold_hash).toBe(expected.gold_hash);
    expect(expected.gold_rows).toBe(4);
  });

  test('a pane of nothing and a withdrawn alert count as little as none', async () => {
    const withdrawn = {
      ...gold,
      'gold.vitals_hourly': [
        [...gold['gold.vitals_hourly'].flat(), hourlyRow({ vital: 'spo2', n: 0, sum_value: null })],
      ],
      'gold.alerts': [
        [alertRow({}), alertRow({ alert_id: 'a2' }), alertRow({ alert_id: 'a2', order_key: '9', state: 'withdrawn' })],
      ],
    };
    expect((await hash(withdrawn)).gold_hash).toBe((await hash(gold)).gold_hash);
  });

  test.each(Object.keys(gold))('changes with %s', async (table) => {
    expect((await hash({ ...gold, [table]: [] })).gold_hash).not.toBe((await hash(gold)).gold_hash);
  });
});
