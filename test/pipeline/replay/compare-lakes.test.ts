import { describe, expect, test } from '@jest/globals';
import { openLakeSnapshot } from '../../../lake/reader.js';
import { ALWAYS } from '../../../pipeline/replay/bronze-batches.js';
import { compareLakes } from '../../../pipeline/replay/compare-lakes.js';
import { scratch } from '../../lake/scratch.js';
import { deadLetterRow, at, silverRow } from '../../query/fixture-rows.js';
import { goldOf, soundRows, type LakeRows } from '../../query/sound-lake.js';
import { writeWithLake } from '../../query/written-lake.js';

async function lakeOf(rows: LakeRows) {
  const root = scratch();
  await writeWithLake(root, rows);
  return openLakeSnapshot(root);
}

/** soundRows as other rules would have made them. */
function otherRows(): LakeRows {
  const rows = soundRows();
  const silver = rows.silver
    // Read otherwise: another content of the same reading.
    .map((row) => (row.reading_id === 'r2' ? { ...row, content_hash: 'c-other', heart_rate: 83, flags: '{}' } : row))
    // Scored otherwise: the same content.
    .map((row) => (row.content_hash === 'c-r1b' ? { ...row, news2_low: 1, news2_high: 4 } : row))
    .filter((row) => row.reading_id !== 'r3');
  silver.push(silverRow({ reading_id: 'r9', content_hash: 'c-r9', event_time: at('10:00:00'), spo2: 99, batch: 3 }));
  const dead = [...rows.dead.slice(1), deadLetterRow({ scope: 'item', reason: 'NO_TZ', offset: 2 })];
  return { ...rows, silver, dead, ...goldOf(silver, rows.alerts.slice(0, 1)) };
}

describe('compareLakes', () => {
  test('finds nothing between a lake and itself', async () => {
    const lake = await lakeOf(soundRows());
    for (const { table, added, changed, removed, before, after } of await compareLakes(lake, lake, ALWAYS)) {
      expect({ table, added, changed, removed }).toEqual({ table, added: 0, changed: 0, removed: 0 });
      expect(after).toBe(before);
    }
  });

  test('counts rows that come, go and change, by table, column and reason, with examples by reading', async () => {
    const found = await compareLakes(await lakeOf(soundRows()), await lakeOf(otherRows()), ALWAYS);
    const [silver, letters, minutes] = found;
    expect(silver).toMatchObject({
      table: 'silver.patient_vitals',
      before: 6,
      after: 6,
      added: 1,
      changed: 2,
      removed: 1,
      by_column: { flags: 1, heart_rate: 1, news2_high: 1, news2_low: 1 },
      by_reason: { final: 3, corrected: 1 },
    });
    expect(silver?.examples.find(({ row }) => row['reading_id'] === 'r2')).toEqual({
      kind: 'changed',
      row: { reading_id: 'r2' },
      changes: [
        { column: 'heart_rate', old: '82', new: '83' },
        { column: 'flags', old: null, new: '{}' },
      ],
    });
    expect(silver?.examples.map(({ kind, row }) => `${kind} ${row['reading_id']}`)).toEqual([
      'added r9',
      'changed r1',
      'changed r2',
      'removed r3',
    ]);
    expect(letters).toMatchObject({ table: 'silver.dead_letter', added: 1, changed: 0, removed: 1 });
    expect(letters?.by_reason).toEqual({ NO_TZ: 1, SYNTAX: 1 });
    // 07:00 holds r1 and r2, 07:59 held r3 alone, 10:00 holds r9.
    expect(minutes).toMatchObject({ table: 'gold.patient_summary', added: 1, changed: 1, removed: 1 });
  });

  test('leaves out windows that a live lake has not fired yet', async () => {
    const rows = otherRows();
    // The last batch brought r9: its minute is still to be fired.
    const old = await lakeOf(soundRows());
    const fired = { 'gold.patient_summary': 0, 'gold.vitals_hourly': 0, 'gold.ward_alerts_hourly': 0 };
    const live = { ...old, manifest: { ...old.manifest!, fired } };
    const [, , minutes, hours] = await compareLakes(live, await lakeOf(rows), ALWAYS);
    // Every window of the old lake is open; the new one's own is not.
    expect(minutes).toMatchObject({ before: 0, added: 1, changed: 0, removed: 0 });
    expect(hours).toMatchObject({ before: 0, changed: 0, removed: 0 });
  });
});
