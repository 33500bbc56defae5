import fc from 'fast-check';
import { describe, expect, test } from '@jest/globals';
import { openLakeSnapshot } from '../../../lake/reader.js';
import { hashLake } from '../../../query/content-hash.js';
import { openQuerySession } from '../../../query/session.js';
import { runMessages } from '../../support/direct.js';
import { wire } from '../../support/wire-reading.js';
import { withFolder } from '../../support/vitals.js';

async function query<T>(lake: string, sql: string): Promise<T[]> {
  const session = await openQuerySession(await openLakeSnapshot(lake));
  try {
    return (await session.all(sql)) as T[];
  } finally {
    await session.close();
  }
}

const hashes = async (lake: string) => hashLake(await openLakeSnapshot(lake));

describe('the direct engine', () => {
  test('accounts for every item: received is silver, dead letter and suppressed together', async () => {
    await withFolder(async (lake) => {
      const messages = [
        wire(),
        wire(),
        'not json',
        wire({ sequence: 2, heart_rate: 999 }),
        wire({ patient: 'P2' }),
        '{}',
      ];
      const { run, totals } = await runMessages(lake, messages, 2);
      expect(run).toMatchObject({ messages: 6, received: 6, silver: 3, dead_letter: 2, suppressed: 1 });
      expect(totals).toEqual(run);
      const [bronze] = await query<{ n: number }>(lake, 'SELECT count(*) AS n FROM bronze.patient_vitals');
      expect(bronze?.n).toBe(6);
    });
  });

  test('merges a late reading of a closed minute into a new pane that replaces the old one', async () => {
    await withFolder(async (lake) => {
      const onTime = Array.from({ length: 5 }, (_, i) => wire({ sequence: i + 1, heart_rate: 70 + i }));
      const later = wire({ sequence: 50, seconds: 600 });
      const late = wire({ sequence: 60, seconds: 10, heart_rate: 120 });
      await runMessages(lake, [...onTime, later, late], 3);
      const rows = await query<{ n: number; heart_rate_max: number; heart_rate_sum: number }>(
        lake,
        `SELECT MAX_BY(n, order_key) AS n, MAX_BY(heart_rate_max, order_key) AS heart_rate_max,
                MAX_BY(heart_rate_sum, order_key) AS heart_rate_sum
         FROM gold.patient_summary GROUP BY patient_id, window_start ORDER BY window_start`,
      );
      expect(rows[0]).toEqual({ n: 6, heart_rate_max: 120, heart_rate_sum: 70 + 71 + 72 + 73 + 74 + 120 });
    });
  });

  test('the later of two final versions wins by sent_time, both are in silver, and the loser is a dead letter too', async () => {
    await withFolder(async (lake) => {
      const first = wire({ heart_rate: 80, sent_time: '2026-11-21T07:21:00Z' });
      const second = wire({ heart_rate: 90, sent_time: '2026-11-21T07:22:00Z' });
      const { run } = await runMessages(lake, [second, first], 1);
      expect(run).toMatchObject({ received: 2, silver: 2, conflicts: 1, dead_letter: 0 });
      const current = await query(lake, 'SELECT heart_rate FROM silver.current_patient_vitals');
      expect(current).toEqual([{ heart_rate: 90 }]);
      const letters = await query<{ original: string }>(
        lake,
        "SELECT reason, scope, decode(original) AS original FROM silver.dead_letter WHERE reason = 'CONFLICT'",
      );
      expect(letters).toEqual([{ reason: 'CONFLICT', scope: 'conflict', original: first }]);
    });
  });

  test('an alert whose reading is withdrawn gets a later row that says so, and no longer counts for its ward', async () => {
    await withFolder(async (lake) => {
      const low = wire({ spo2: 70 });
      const tombstone = wire({ spo2: 70, status: 'entered-in-error' });
      await runMessages(lake, [low, wire({ patient: 'P2' })], 10);
      const raised = await query<{ n: number }>(lake, 'SELECT count(*) AS n FROM gold.current_alerts');
      expect(raised[0]?.n).toBeGreaterThan(0);
      await runMessages(lake, [low, wire({ patient: 'P2' }), tombstone], 10);
      const states = await query(
        lake,
        'SELECT DISTINCT MAX_BY(state, order_key) AS state FROM gold.alerts GROUP BY alert_id',
      );
      expect(states).toEqual([{ state: 'withdrawn' }]);
      const counts = await query(
        lake,
        'SELECT DISTINCT MAX_BY(n, order_key) AS n FROM gold.ward_alerts_hourly GROUP BY ward, rule, severity, window_start',
      );
      expect(counts).toEqual([{ n: 0 }]);
    });
  });

  test('merges the small files of many batches while it runs, and loses no row by it', async () => {
    await withFolder(async (lake) => {
      const messages = Array.from({ length: 80 }, (_, i) => wire({ sequence: i }));
      await runMessages(lake, messages, 1);
      const snapshot = await openLakeSnapshot(lake);
      expect(snapshot.tables.get('bronze.patient_vitals')!.files.length).toBeLessThan(40);
      expect(await query(lake, 'SELECT count(DISTINCT reading_id) AS n FROM silver.patient_vitals')).toEqual([
        { n: 80 },
      ]);
    });
  });

  test('an empty source leaves an empty lake that can be queried', async () => {
    await withFolder(async (lake) => {
      await runMessages(lake, []);
      expect(await query(lake, 'SELECT count(*) AS n FROM silver.patient_vitals')).toEqual([{ n: 0 }]);
    });
  });
});

describe('the time machine', () => {
  /** Readings of two patients over three hours: repeats, versions, tombstones, out of order, some refused. */
  const story: string[] = [];
  for (let i = 0; i < 24; i += 1) {
    const patient = i % 2 === 0 ? 'P1' : 'P2';
    const base = {
      patient,
      sequence: i,
      seconds: i * 450,
      heart_rate: 60 + i,
      ...(i % 5 === 0 ? { glucose: 90 + i } : {}),
    };
    story.push(wire(base));
    if (i % 4 === 0) story.push(wire(base));
    if (i % 6 === 1) story.push(wire({ ...base, heart_rate: 140 + i, sent_time: '2026-11-21T10:00:00Z' }));
    if (i % 6 === 2) story.push(wire({ ...base, spo2: 60, status: 'corrected' }));
    if (i % 8 === 3) story.push(wire({ ...base, status: 'entered-in-error' }));
    if (i % 7 === 0) story.push(wire({ ...base, temperature: 99 }));
    if (i % 9 === 0) story.push('{"patient_id":');
  }

  test('any order, any batch size and any repetition of the same messages gives the same silver and gold', async () => {
    let expected: unknown;
    await withFolder(async (lake) => {
      await runMessages(lake, story, 1_000);
      expected = await hashes(lake);
    });
    const shuffled = fc.tuple(
      fc.shuffledSubarray(story, { minLength: story.length, maxLength: story.length }),
      fc.integer({ min: 6, max: 60 }),
      fc.subarray(story, { maxLength: 8 }),
    );
    await fc.assert(
      fc.asyncProperty(shuffled, async ([order, batchMessages, again]) => {
        await withFolder(async (lake) => {
          await runMessages(lake, [...order, ...again], batchMessages);
          expect(await hashes(lake)).toEqual(expected);
        });
      }),
      { numRuns: Number(process.env['VITALS_SHUFFLES'] ?? 5) },
    );
  }, 300_000);

  test('a run that is cut in two, with a restart between, gives the same silver and gold', async () => {
    await withFolder(async (lake) => {
      await runMessages(lake, story, 15);
      const whole = await hashes(lake);
      for (const cut of [1, story.length - 1]) {
        await withFolder(async (second) => {
          await runMessages(second, story.slice(0, cut), 20);
          await runMessages(second, story, 20);
          expect(await hashes(second)).toEqual(whole);
        });
      }
    });
  });
});
