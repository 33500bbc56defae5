import { cpSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { retryLetters } from '../../../cli/dead-letters/retry-letters.js';
import { describeReplay } from '../../../cli/replay/describe-report.js';
import { runReplay, type ReplayReport, type ReplayRequest } from '../../../cli/replay/run-replay.js';
import { settingOf } from '../../../cli/resources.js';
import { AlertEventLog } from '../../../lake/alert-event-log.js';
import { openLakeWriter } from '../../../lake/lake.js';
import { openLakeSnapshot } from '../../../lake/reader.js';
import { auditInProcess } from '../../support/audit.js';
import { openQuerySession } from '../../../query/session.js';
import { scratch } from '../../lake/scratch.js';
import { runMessages, tickingClock } from '../../support/direct.js';
import { wire } from '../../support/wire-reading.js';

const FLAGS = { model: undefined, patients: undefined, 'pseudonym-key-file': undefined, timezone: undefined };
const REFUSING = await settingOf(FLAGS, false);
const FIRST_RUN = Date.parse('2026-11-21T12:00:00Z');
const SECOND_RUN = Date.parse('2026-11-21T13:00:00Z');
const BETWEEN = '2026-11-21T12:30:00Z';

const FIRST = [
  wire(),
  wire({ sequence: 2, spo2: 85 }),
  'not json',
  wire({ sequence: 3, event_time: '2026-11-21T07:22:03', spo2: 82 }),
  wire({ patient: 'P2', heart_rate: 400 }),
  wire({ patient: 'P2', sequence: 2, heart_rate: 150 }),
];
const SECOND = [
  wire(),
  wire({ sequence: 2, spo2: 97, status: 'corrected' }),
  wire({ patient: 'P3', heart_rate: 175 }),
  wire({ patient: 'P2', sequence: 2, status: 'entered-in-error' }),
];

/** A person whose stay covers the readings; 46 years old then. */
const PATIENT = {
  source_patient_id: 'P1',
  patient_id: 'P1',
  name: 'Ann Example',
  birth_date: '1980-03-01',
  sex: 'female',
  ward: 'ICU',
  bed: 'ICU-01',
  device_id: null,
  conditions: null,
  spo2_scale: 1,
  pregnant: false,
  valid_from: '2026-11-20T00:00:00Z',
  valid_to: null,
};

/** Two runs, a withdrawn alert, an alert that somebody acknowledged. */
let original: string;

beforeAll(async () => {
  original = scratch();
  await runMessages(original, FIRST, 2, { ...REFUSING, clock: tickingClock(FIRST_RUN) });
  await runMessages(original, [...FIRST, ...SECOND], 2, { ...REFUSING, clock: tickingClock(SECOND_RUN) });
  const acted = { alert_id: 'a1', status: 'acknowledged', who: 'Ann', note: null, acted_at: SECOND_RUN } as const;
  await new AlertEventLog(original).append('a1', () => acted as never);
}, 60_000);

function copyOfLake(): string {
  const lake = scratch();
  cpSync(original, lake, { recursive: true });
  return lake;
}

function replay(lake: string, changes: Partial<ReplayRequest> = {}): Promise<ReplayReport> {
  const nothing = { out: undefined, from: undefined, to: undefined };
  const request: ReplayRequest = { ...FLAGS, ...nothing, lake, diff: false, workers: 0, json: true };
  return runReplay({ ...request, ...changes }, tickingClock(SECOND_RUN), new AbortController().signal);
}

async function ask(lake: string, sql: string) {
  const session = await openQuerySession(await openLakeSnapshot(lake));
  try {
    return await session.all(sql);
  } finally {
    await session.close();
  }
}

const MESSAGES = `SELECT message_id, publish_time, receive_time, source, dialect, attributes, payload, payload_sha256
  FROM bronze.patient_vitals ORDER BY batch, "offset"`;
const KNOWN = 'SELECT reading_id, content_hash, known_from FROM silver.patient_vitals ORDER BY ALL';

describe('a rebuilt lake', () => {
  let out: string;
  let report: ReplayReport;
  beforeAll(async () => {
    out = join(scratch(), 'rebuilt');
    report = await replay(original, { out, diff: true });
  }, 60_000);

  test('has the hashes of the lake that it was made of, and passes the audit', async () => {
    expect(report).toMatchObject({ out, whole: true, messages: 10 });
    expect(report.after).toEqual(report.before);
    const { ok, silver_hash, gold_hash } = await auditInProcess(out);
    expect({ ok, silver_hash, gold_hash }).toEqual({ ok: true, ...report.before });
  });

  test('has every message as it was frozen, and knows each version from the same moment', async () => {
    expect(await ask(out, MESSAGES)).toEqual(await ask(original, MESSAGES));
    expect(await ask(out, KNOWN)).toEqual(await ask(original, KNOWN));
  });

  test('differs in no row of any table', () => {
    const differing = report.difference?.filter(({ added, changed, removed }) => added + changed + removed > 0);
    expect(report.difference?.map(({ compared, before }) => [compared, before > 0])).toEqual(
      Array.from({ length: 6 }, () => [true, true]),
    );
    expect(differing).toEqual([]);
  });

  test('holds what people did, which no message says', async () => {
    const sql = 'SELECT alert_id, status, who FROM gold.alert_events';
    expect(await ask(out, sql)).toEqual([{ alert_id: 'a1', status: 'acknowledged', who: 'Ann' }]);
  });

  test('takes the place of the old one: its sources go on where they stood', async () => {
    const placed = scratch();
    cpSync(out, placed, { recursive: true });
    const status = await runMessages(placed, [...FIRST, ...SECOND, wire({ sequence: 50 })], 10, REFUSING);
    expect(status.run).toMatchObject({ messages: 1, silver: 1 });
  });
});

describe('--diff', () => {
  /** What a time zone would change, found beside a running pipeline. */
  let zoned: ReplayReport;
  let lake: string;
  const names = () => readdirSync(lake, { recursive: true, encoding: 'utf8' }).filter((name) => !name.includes('lock'));
  let before: readonly string[];
  beforeAll(async () => {
    lake = copyOfLake();
    before = names();
    const writer = await openLakeWriter(lake, { clock: tickingClock(SECOND_RUN) });
    zoned = await replay(lake, { diff: true, timezone: 'UTC' });
    await writer.close();
  }, 60_000);

  test('changes nothing, and works beside a running pipeline', () => {
    expect(names()).toEqual(before);
    expect(zoned).toMatchObject({ out: null, whole: true, messages: 10 });
  });

  test('says what a setting would add, and which dead letters it would take away', () => {
    const of = (name: string) => zoned.difference?.find(({ table }) => table === name);
    expect(of('silver.patient_vitals')).toMatchObject({ added: 1, changed: 0, removed: 0, by_reason: { final: 1 } });
    expect(of('silver.dead_letter')).toMatchObject({ added: 0, removed: 1, by_reason: { NO_TZ: 1 } });
    expect(of('gold.patient_summary')).toMatchObject({ added: 1, removed: 0 });
    expect(of('gold.alerts')?.added).toBeGreaterThan(0);
    expect(of('gold.ward_alerts_hourly')).toMatchObject({ compared: true, removed: 0 });
    expect(zoned.after).not.toEqual(zoned.before);
  });

  test('is told to people without a value of a dead letter', () => {
    const text = describeReplay(zoned);
    expect(text).toMatch(/10 messages replayed/);
    expect(text).toMatch(/silver\.dead_letter: 3 rows before, 2 after; 0 added, 0 changed, 1 removed/);
    expect(text).toMatch(/nothing was changed$/);
    expect(text).not.toContain('not json');
  });

  test('says which columns other patients would change', async () => {
    const patients = join(scratch(), 'patients.ndjson');
    writeFileSync(patients, `${JSON.stringify(PATIENT)}\n`);
    const { difference } = await replay(original, { diff: true, patients });
    const silver = difference?.[0];
    expect(silver).toMatchObject({ added: 0, removed: 0 });
    expect(silver?.by_column['age']).toBe(silver?.changed);
    expect(silver?.examples[0]?.changes).toContainEqual({ column: 'age', old: null, new: '46' });
  });

  test('of a range of time of receipt compares what those messages brought', async () => {
    const late = await replay(original, { diff: true, from: BETWEEN, timezone: 'UTC' });
    expect(late).toMatchObject({ whole: false, messages: 4 });
    for (const { added, changed, removed } of late.difference ?? [])
      expect([added, changed, removed]).toEqual([0, 0, 0]);
    const early = await replay(original, { diff: true, to: BETWEEN, timezone: 'UTC' });
    expect(early).toMatchObject({ messages: 6 });
    expect(early.difference?.[0]).toMatchObject({ added: 1, changed: 0, removed: 0 });
    expect(early.difference?.at(-1)).toMatchObject({ table: 'gold.ward_alerts_hourly', compared: false });
  });
});

describe('a replay is refused', () => {
  test('into a new lake while a pipeline writes to the old one', async () => {
    const lake = copyOfLake();
    const writer = await openLakeWriter(lake, { clock: tickingClock(SECOND_RUN) });
    await expect(replay(lake, { out: join(scratch(), 'x') })).rejects.toMatchObject({ code: 'LOCKED' });
    await writer.close();
  });

  test('into a folder that holds something, such as the lake itself', async () => {
    await expect(replay(original, { out: original })).rejects.toThrow(/--out: .* is not empty/);
  });

  test('without a word of what to do, and for a range that is none', async () => {
    await expect(replay(original)).rejects.toThrow(/neither --diff nor --out/);
    await expect(replay(original, { diff: true, from: BETWEEN, to: BETWEEN })).rejects.toThrow(/--to/);
  });
});

test('a message that was run again still says which one it repeats, wherever the two lie now', async () => {
  const lake = copyOfLake();
  const selection = { reason: ['NO_TZ'], stage: undefined, since: undefined, id: undefined };
  const request = { ...FLAGS, ...selection, lake, 'dry-run': false, again: false, json: true, timezone: 'UTC' };
  await retryLetters(request, tickingClock(SECOND_RUN), new AbortController().signal);
  const out = join(scratch(), 'rebuilt');
  const report = await replay(lake, { out });
  expect(report.after).toEqual(report.before);
  const repeats = `SELECT count(*)::INTEGER AS n FROM bronze.patient_vitals again JOIN bronze.patient_vitals first
    ON again.source = 'dead-letter:' || first.batch || '/' || first."offset" AND again.payload = first.payload`;
  expect([await ask(lake, repeats), await ask(out, repeats)]).toEqual([[{ n: 1 }], [{ n: 1 }]]);
});
