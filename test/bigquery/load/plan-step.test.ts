import { describe, expect, test } from '@jest/globals';
import { normalizeRanges, without } from '../../../bigquery/load/batch-set.js';
import { factsOf, labelsOf, loadJobId } from '../../../bigquery/load/job-identity.js';
import { planStep } from '../../../bigquery/load/plan-step.js';
import type { LiveFile } from '../../../lake/reader.js';

const file = (first: number, last: number, bytes = 10): LiveFile => ({
  path: `event_date=2026-11-21/${String(last).padStart(12, '0')}-0123456789abcdef.parquet`,
  location: `/lake/${first}-${last}`,
  partition: { event_date: '2026-11-21' },
  rows: 1,
  bytes,
  stats: { batch: [first, last] },
});
const places = (files: readonly LiveFile[]) => files.map(({ location }) => location);

describe('the next step of a day', () => {
  test('goes to the end of the lake, over every file that may hold its rows', () => {
    const step = planStep([file(1, 4), file(3, 7), file(8, 8)], 4, 9, []);
    expect(step).toMatchObject({ last: 9, batches: [{ first: 4, last: 9 }] });
    expect(places(step!.files)).toEqual(['/lake/1-4', '/lake/3-7', '/lake/8-8']);
  });

  test('is none when every file is older, and none for batches that are not finished', () => {
    expect(planStep([file(1, 4)], 5, 9, [])).toBeNull();
    expect(planStep([file(1, 4), file(10, 12)], 5, 9, [])).toBeNull();
  });

  test('stops where the files become too many bytes for one job, and the next one begins there', () => {
    const files = [file(1, 2, 60), file(3, 4, 60), file(5, 6, 60)];
    const first = planStep(files, 1, 6, [], 100);
    expect(first).toMatchObject({ last: 2 });
    expect(places(first!.files)).toEqual(['/lake/1-2']);
    expect(planStep(files, 3, 6, [], 100)).toMatchObject({ last: 4 });
    expect(planStep(files, 5, 6, [], 100)).toMatchObject({ last: 6 });
  });

  test('takes a single file that is larger than a step', () => {
    expect(planStep([file(1, 9, 1_000)], 1, 9, [], 100)).toMatchObject({ last: 9 });
  });

  test('leaves out what streams have written, and the files that hold nothing else', () => {
    const step = planStep([file(1, 2), file(3, 4), file(5, 6)], 1, 6, [{ first: 3, last: 5 }]);
    expect(step?.batches).toEqual([
      { first: 1, last: 2 },
      { first: 6, last: 6 },
    ]);
    expect(places(step!.files)).toEqual(['/lake/1-2', '/lake/5-6']);
    expect(planStep([file(1, 2)], 1, 2, [{ first: 1, last: 9 }])).toMatchObject({ last: 2, files: [] });
  });

  test('goes by the name of a file that has no statistics', () => {
    expect(planStep([{ ...file(1, 4), stats: {} }], 4, 9, [])).toMatchObject({ last: 9 });
    expect(planStep([{ ...file(1, 4), stats: {} }], 5, 9, [])).toBeNull();
  });
});

test('ranges merge where they touch, and are cut out of others', () => {
  const ranges = [
    { first: 7, last: 9 },
    { first: 1, last: 3 },
    { first: 2, last: 5 },
    { first: 6, last: 6 },
  ];
  expect(normalizeRanges(ranges)).toEqual([{ first: 1, last: 9 }]);
  expect(without({ first: 1, last: 9 }, [])).toEqual([{ first: 1, last: 9 }]);
  expect(without({ first: 3, last: 4 }, ranges)).toEqual([]);
});

describe('the name of a job', () => {
  const step = { table: 'gold.alerts', generation: '1795000001000', lake: 'a-b', date: '2026-11-21', first: 8 };

  test('is decided by table, creation, lake, day and first batch, and by the attempt', () => {
    expect(loadJobId(step, 1)).toMatch(/^vitals_load_gold_alerts_20261121_[0-9a-f]{16}_000000008_1$/);
    const others = [
      { ...step, first: 9 },
      { ...step, date: '2026-11-22' },
      { ...step, generation: '2' },
      { ...step, lake: 'c' },
      { ...step, table: 'gold.vitals_hourly' },
    ];
    const names = new Set([loadJobId(step, 1), loadJobId(step, 2), ...others.map((other) => loadJobId(other, 1))]);
    expect(names.size).toBe(7);
  });

  test('goes with labels that say what was loaded, and nothing else reads as ours', () => {
    const facts = { last: 12, rows: 340, content: '1234567890123456789012' };
    expect(factsOf(labelsOf(facts))).toEqual(facts);
    expect(factsOf({})).toBeNull();
    expect(factsOf({ application: 'vitals' })).toBeNull();
  });
});
