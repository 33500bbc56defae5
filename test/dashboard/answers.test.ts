import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Answers } from '../../dashboard/queries/answers.js';
import { LakeStore } from '../../dashboard/queries/lake-store.js';
import { AlertEventLog } from '../../lake/alert-event-log.js';
import { openLakeSnapshot } from '../../lake/reader.js';
import { auditInProcess } from '../support/audit.js';
import { at } from '../query/fixture-rows.js';
import { committedAt, scratchFolder, storyRows, writeBatches } from './written-lake.js';

const ANY = { status: null, severity: null, ward: null, rule: null, patient: null, from: null, to: null, limit: 200 };
/** The fixture's readings lie at 07:00 and before midnight of one day, its commits after it. */
const MORNING = { from: at('06:58:00'), to: at('08:01:00') };
const NOW = committedAt(9);

/** The story (written-lake.ts) in two lakes: as it was written, and compacted. Their answers are the same. */
describe.each([
  ['as it was written', false],
  ['after compaction', true],
])('answers from a lake %s', (_, compact) => {
  const root = scratchFolder();
  let answers: Answers;

  beforeAll(async () => {
    await writeBatches(root, storyRows(), { compact });
    answers = new Answers(new LakeStore(root), () => NOW);
  });
  afterAll(() => answers.store.close());

  test('compaction has merged the files that hold an earlier moment', async () => {
    const files = (await openLakeSnapshot(root)).tables.get('gold.patient_summary')?.files.length;
    expect(files).toBe(compact ? 1 : 3);
  });

  test('the state of an answer says what it was made from', async () => {
    expect(await answers.state()).toEqual({
      time: '2026-11-22T09:00:00.000Z',
      live: true,
      committed_at: '2026-11-22T03:00:00.000Z',
      batch: 3,
      latest_event: '2026-11-21T23:59:59.999Z',
    });
  });

  test.each([
    [1, 80],
    [2, 90],
    [3, 90],
  ])('as of batch %d the heart rate is what was known then, though it was corrected later', async (batch, last) => {
    const answer = await answers.patient({ id: 'p1', ...MORNING }, committedAt(batch) + 1);
    const index = answer?.time_ms.indexOf(at('07:00:00')) ?? -1;
    const [heart] = answer?.vitals.filter((series) => series.vital === 'heart_rate') ?? [];
    expect([answer?.batch, answer?.live]).toEqual([batch, false]);
    expect([heart?.min[index], heart?.max[index], heart?.last[index]]).toEqual([
      Math.min(82, last),
      Math.max(82, last),
      82,
    ]);
  });

  test('before the first commit there is nothing, and that is no error', async () => {
    const before = committedAt(1) - 1;
    const hospital = await answers.hospital({ ward: null, limit: 200 }, before);
    expect([hospital.batch, hospital.patients_total, hospital.wards]).toEqual([null, 0, []]);
    expect((await answers.alerts(ANY, before)).total).toBe(0);
    expect((await answers.pipeline(before)).totals.received).toBe(0);
  });

  test('a minute without a reading is null in every series', async () => {
    const answer = await answers.patient({ id: 'p1', ...MORNING }, null);
    const index = answer?.time_ms.indexOf(at('07:30:00')) ?? -1;
    expect(index).toBeGreaterThan(0);
    for (const { min, max, last } of answer?.vitals ?? [])
      expect([min[index], max[index], last[index]]).toEqual([null, null, null]);
    expect([answer?.news2.low[index], answer?.anomaly.score[index]]).toEqual([null, null]);
  });

  test('a missing parameter makes NEWS2 an interval, and a low score is never zero by default', async () => {
    const answer = await answers.patient({ id: 'p1', ...MORNING }, null);
    const index = answer?.time_ms.indexOf(at('07:59:00')) ?? -1;
    expect([answer?.news2.low[index], answer?.news2.high[index]]).toEqual([3, 3]);
  });

  test('an alert that was withdrawn stands until then, and not after', async () => {
    const of = async (batch: number) => {
      const { alerts } = await answers.alerts({ ...ANY, from: at('00:00:00') }, committedAt(batch));
      return alerts.map((alert) => alert.alert_id);
    };
    expect(await of(1)).toEqual(['a2', 'a1']);
    expect(await of(3)).toEqual(['a1']);
    expect(await answers.findAlert('a2')).toEqual({ state: 'withdrawn' });
  });

  test('counts and filters agree', async () => {
    const all = await answers.alerts({ ...ANY, from: at('00:00:00') }, null);
    expect([all.total, all.counts, all.wards, all.rules]).toEqual([
      1,
      { open: 1, acknowledged: 0, resolved: 0 },
      ['ICU'],
      ['spo2_low'],
    ]);
    for (const other of [
      { ward: 'X' },
      { severity: 'critical' as const },
      { patient: 'p2' },
      { status: 'resolved' as const },
    ]) {
      const filtered = await answers.alerts({ ...ANY, from: at('00:00:00'), ...other }, null);
      expect([filtered.alerts, filtered.total]).toEqual([[], 0]);
    }
  });

  test('accounting is what audit counts', async () => {
    const { totals, accounted, rejects } = await answers.pipeline(null);
    const report = await auditInProcess(root);
    const { received, silver, dead_letter, suppressed } = report;
    expect({ received, silver, dead_letter, suppressed }).toEqual({
      received: totals.received,
      silver: totals.silver,
      dead_letter: totals.dead_letter,
      suppressed: totals.suppressed,
    });
    expect(accounted).toBe(true);
    expect(rejects.reduce((sum, reason) => sum + reason.count, 0)).toBe(
      totals.dead_letter + totals.field_rejects + totals.conflicts,
    );
  });

  test('an earlier account is that of then', async () => {
    const { totals, tables, models } = await answers.pipeline(committedAt(2));
    expect([totals.silver, totals.messages]).toEqual([5, 7]);
    expect(tables.find((table) => table.table === 'silver.patient_vitals')).toMatchObject({ files: 2, rows: 5 });
    expect(models.map((model) => [model.first_batch, model.last_batch, model.rows])).toEqual([[1, 2, 5]]);
  });

  test('a patient that nobody knows is null', async () => {
    expect(await answers.patient({ id: `p1' OR 1=1 --`, from: null, to: null }, null)).toBeNull();
  });

  test('an event counts from the time at which it was recorded', async () => {
    const when = committedAt(4);
    const event = { alert_id: 'a1', status: 'acknowledged', who: 'A', note: 'seen', acted_at: when };
    await new AlertEventLog(root).append('a1', (history) => (history.length === 0 ? event : null));
    const statusAt = async (time: number) => {
      const { alerts, counts } = await answers.alerts({ ...ANY, from: at('00:00:00') }, time);
      return [alerts[0]?.status, counts.open];
    };
    expect(await statusAt(when - 1)).toEqual(['open', 1]);
    expect(await statusAt(when)).toEqual(['acknowledged', 0]);
    const { alerts } = await answers.alerts({ ...ANY, status: 'acknowledged', from: at('00:00:00') }, when);
    expect(alerts[0]?.history).toEqual([
      { status: 'acknowledged', who: 'A', at: '2026-11-22T04:00:00.000Z', note: 'seen' },
    ]);
  });
});

describe('answers about a time whose manifests have been cleaned up', () => {
  const root = scratchFolder();
  const answers = new Answers(new LakeStore(root), () => committedAt(20));

  beforeAll(async () => {
    const rows = storyRows();
    const told = {
      ...rows,
      bronze: rows.bronze.map((row) => ({ ...row, receive_time: committedAt(row.batch) - 1_000 })),
      alerts: rows.alerts.map((row) => ({ ...row, commit_time: committedAt(row.batch) })),
    };
    await writeBatches(root, { ...told, sequence: 12 }, { keepManifests: 2 });
    await answers.store.refresh();
  });
  afterAll(() => answers.store.close());

  test('the first batches are not known by their manifests any more', () => {
    expect(answers.store.commits.commits[0]?.sequence).toBeGreaterThan(4);
  });

  test.each([
    [1, 1, 80],
    [2, 2, 90],
    [3, 3, 90],
  ])('batch %d is found by when its messages were received', async (batch, found, most) => {
    const answer = await answers.patient({ id: 'p1', ...MORNING }, committedAt(batch) + 1);
    const index = answer?.time_ms.indexOf(at('07:00:00')) ?? -1;
    expect([answer?.batch, answer?.vitals[0]?.max[index]]).toEqual([found, Math.max(82, most)]);
  });

  test('a batch that was received but not committed yet does not count when an alert of it says so', async () => {
    const answer = await answers.alerts({ ...ANY, from: at('00:00:00') }, committedAt(3) - 500);
    expect([answer.batch, answer.total]).toEqual([2, 2]);
  });

  test('the account of then is gone, and that is said', async () => {
    await expect(answers.pipeline(committedAt(2))).rejects.toMatchObject({ code: 'GONE' });
  });
});

describe('an alert whose reading was corrected and calls for it again', () => {
  test('stands once', async () => {
    const root = scratchFolder();
    const rows = storyRows();
    const [reading, alert] = [rows.silver[2], rows.alerts[0]];
    if (!reading || !alert) throw new Error('the story has changed');
    const corrected = { ...reading, status: 'corrected', content_hash: 'c-r3b', spo2: 84, batch: 2 };
    const again = { ...alert, value: 84, order_key: '000000000002-000000', batch: 2 };
    await writeBatches(root, { ...rows, silver: [...rows.silver, corrected], alerts: [...rows.alerts, again] });
    const answers = new Answers(new LakeStore(root), () => NOW);
    const { alerts, total, counts } = await answers.alerts({ ...ANY, from: at('00:00:00') }, null);
    expect([alerts.map((item) => [item.alert_id, item.value]), total, counts.open]).toEqual([[['a1', 84]], 1, 1]);
    await answers.store.close();
  });
});

describe('answers beside a writer', () => {
  test('show what was committed since, and what is computed once is not computed again', async () => {
    const root = scratchFolder();
    const rows = storyRows();
    await writeBatches(root, { ...rows, sequence: 1 });
    const store = new LakeStore(root);
    const answers = new Answers(store, () => NOW);
    const late = { id: 'p1', ...MORNING };
    const first = await answers.patient(late, null);
    expect(await answers.patient(late, null)).toEqual(first);
    expect((await answers.patient(late, null))?.vitals).toBe((await answers.patient(late, null))?.vitals);
    await writeBatches(root, rows, { from: 2 });
    await store.refresh();
    expect((await answers.patient(late, null))?.vitals[0]?.max).not.toEqual(first?.vitals[0]?.max);
    await store.close();
  });

  test('a lake that is not there yet is said to be missing, and found once it is', async () => {
    const root = scratchFolder();
    const answers = new Answers(new LakeStore(root), () => NOW);
    await expect(answers.pipeline(null)).rejects.toMatchObject({ code: 'NOT_A_LAKE' });
    await writeBatches(root, storyRows());
    expect((await answers.pipeline(null)).accounted).toBe(true);
    await answers.store.close();
  });
});
