import { cpSync } from 'node:fs';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { deadLetterList, type ListRequest } from '../../../cli/dead-letters/list-letters.js';
import { deadLetters } from '../../../cli/dead-letters/show-letter.js';
import { retryLetters, type RetryReport, type RetryRequest } from '../../../cli/dead-letters/retry-letters.js';
import { settingOf } from '../../../cli/resources.js';
import { openLakeWriter } from '../../../lake/lake.js';
import { openLakeSnapshot } from '../../../lake/reader.js';
import { auditInProcess } from '../../support/audit.js';
import { openQuerySession } from '../../../query/session.js';
import { scratch } from '../../lake/scratch.js';
import { runMessages, tickingClock } from '../../support/direct.js';
import { wire } from '../../support/wire-reading.js';
import { bundle, vital } from '../../transforms/decode/fhir-messages.js';

const FLAGS = { model: undefined, patients: undefined, 'pseudonym-key-file': undefined, timezone: undefined };
/** What the lake is begun with: times without a zone are refused. */
const REFUSING = await settingOf(FLAGS, false);
const LATER = Date.parse('2026-11-22T09:00:00Z');

const AT_0103 = '2026-11-21T07:21:03';
/** Two Observations of one message, the second without a zone. */
const BUNDLE = JSON.stringify(
  bundle(
    vital('s1', '59408-5', 96, '%', { subject: { reference: 'Patient/P7' } }),
    vital('s2', '59408-5', 79, '%', { subject: { reference: 'Patient/P7' }, effectiveDateTime: '2026-11-21T07:25:00' }),
  ),
);
const MESSAGES = [
  wire(),
  wire({ sequence: 2, event_time: AT_0103, spo2: 80 }),
  'not json',
  wire({ sequence: 3, spo2: 300 }),
  BUNDLE,
  wire({ patient: 'P2', sequence: 9, event_time: AT_0103, heart_rate: 170 }),
];

const ALL: ListRequest = {
  lake: '',
  reason: undefined,
  stage: undefined,
  since: undefined,
  each: false,
  limit: 200,
  json: true,
};

function retry(lake: string, changes: Partial<RetryRequest> = {}): Promise<RetryReport> {
  const { reason, stage, since } = ALL;
  const request: RetryRequest = { ...FLAGS, reason, stage, since, lake, 'dry-run': false, again: false, json: true };
  return retryLetters({ ...request, ...changes }, tickingClock(LATER), new AbortController().signal);
}

/** A lake that refused; a copy of one that was made once. */
function refusingLake(): string {
  const lake = scratch();
  cpSync(refused, lake, { recursive: true });
  return lake;
}

async function ask(lake: string, sql: string) {
  const session = await openQuerySession(await openLakeSnapshot(lake));
  try {
    return await session.all(sql);
  } finally {
    await session.close();
  }
}

const hashes = async (lake: string) => {
  const { ok, silver_hash, gold_hash } = await auditInProcess(lake);
  return { ok, silver_hash, gold_hash };
};

/** A lake whose refused messages were retried with a zone, and one that had the zone from the beginning. */
let refused: string;
let mended: string;
let report: RetryReport;
let never: string;

beforeAll(async () => {
  refused = scratch();
  await runMessages(refused, MESSAGES, 4, REFUSING);
  mended = refusingLake();
  report = await retry(mended, { timezone: 'UTC' });
  never = scratch();
  await runMessages(never, MESSAGES, 4, await settingOf({ ...FLAGS, timezone: 'UTC' }, false));
}, 60_000);

describe('a retry', () => {
  test('puts rows into silver, gold and alerts where they would have been: the hashes are those of a lake that never refused', async () => {
    expect(await hashes(mended)).toEqual({ ...(await hashes(never)), ok: true });
    const alerts = 'SELECT rule, event_time FROM gold.current_alerts ORDER BY ALL';
    expect(await ask(mended, alerts)).toEqual(await ask(never, alerts));
    expect((await ask(mended, alerts)).length).toBeGreaterThan(1);
  });

  test('says what went through, what is refused again, and what became of every item', () => {
    expect(report).toMatchObject({
      messages: 4,
      repaired_messages: 3,
      repaired_items: 3,
      refused_again: { SYNTAX: 1 },
    });
    // The bundle's other reading is in silver already.
    expect(report.run).toMatchObject({ messages: 3, received: 4, silver: 3, dead_letter: 0, suppressed: 1 });
  });

  test('counts a message that is run again as one more received, and says in bronze which one it repeats', async () => {
    const { received, silver, dead_letter, suppressed, ok } = await auditInProcess(mended);
    expect({ received, silver, dead_letter, suppressed, ok }).toEqual({
      received: 7 + 4,
      silver: 3 + 3,
      dead_letter: 4,
      suppressed: 1,
      ok: true,
    });
    const sources = await ask(
      mended,
      `SELECT source FROM bronze.patient_vitals WHERE source LIKE 'dead-letter:%' ORDER BY source`,
    );
    expect(sources.map(({ source }) => source)).toEqual(['dead-letter:1/1', 'dead-letter:2/0', 'dead-letter:2/1']);
  });

  test('knows its rows from the time of the retry, for until then they were not known', async () => {
    const sql = `SELECT count(*)::INTEGER AS n FROM silver.patient_vitals WHERE known_from >= TIMESTAMPTZ '2026-11-22'`;
    expect(await ask(mended, sql)).toEqual([{ n: 3 }]);
  });

  test('done twice finds nothing more to do, and forced suppresses everything', async () => {
    const before = await hashes(mended);
    expect(await retry(mended, { timezone: 'UTC', reason: ['NO_TZ'] })).toMatchObject({ messages: 0, run: null });
    const forced = await retry(mended, { timezone: 'UTC', reason: ['NO_TZ'], again: true });
    expect(forced.run).toMatchObject({ messages: 3, received: 4, silver: 0, dead_letter: 0, suppressed: 4, alerts: 0 });
    expect(await hashes(mended)).toEqual(before);
  });

  test('keeps the setting of the lake for what the flags leave out: without a zone nothing changes', async () => {
    const lake = refusingLake();
    const { sequence } = await openLakeSnapshot(lake);
    expect(await retry(lake)).toMatchObject({ messages: 4, repaired_items: 0, refused_again: { NO_TZ: 3, SYNTAX: 1 } });
    expect((await openLakeSnapshot(lake)).sequence).toBe(sequence);
  });

  test('as a dry run says the same and changes nothing', async () => {
    const lake = refusingLake();
    const { sequence } = await openLakeSnapshot(lake);
    const dry = await retry(lake, { timezone: 'UTC', 'dry-run': true });
    expect(dry).toEqual({ ...report, dry_run: true, run: null });
    expect((await openLakeSnapshot(lake)).sequence).toBe(sequence);
  });

  test('of one leaves the others', async () => {
    const lake = refusingLake();
    expect((await retry(lake, { timezone: 'UTC', id: '2-1' })).run).toMatchObject({ messages: 1, silver: 1 });
    expect((await retry(lake, { timezone: 'UTC' })).run).toMatchObject({ messages: 2, silver: 2 });
    const current = 'SELECT count(*)::INTEGER AS n FROM silver.current_patient_vitals';
    expect(await ask(lake, current)).toEqual(await ask(mended, current));
  });

  test('does not move the sources: a run goes on where it stood', async () => {
    const lake = refusingLake();
    await retry(lake, { timezone: 'UTC' });
    const status = await runMessages(lake, [...MESSAGES, wire({ sequence: 77 })], 4, REFUSING);
    expect(status.run).toMatchObject({ messages: 1, received: 1, silver: 1 });
  });

  test('is refused while a pipeline writes to the lake', async () => {
    const lake = refusingLake();
    const writer = await openLakeWriter(lake, { clock: tickingClock() });
    await expect(retry(lake, { timezone: 'UTC' })).rejects.toMatchObject({ code: 'LOCKED' });
    await writer.close();
  });
});

describe('dead letters', () => {
  test('are counted by reason with examples, and never shown in a list', async () => {
    const rows = await deadLetterList({ ...ALL, lake: mended });
    expect(rows.map(({ reason, scope, n, retried }) => ({ reason, scope, n, retried }))).toEqual([
      { reason: 'NO_TZ', scope: 'item', n: 3, retried: 3 },
      { reason: 'RANGE', scope: 'field', n: 1, retried: 0 },
      { reason: 'SYNTAX', scope: 'item', n: 1, retried: 0 },
    ]);
    expect(rows[0]?.['examples']).toEqual(['2-0-1', '2-1-0', '1-1-0']);
    const each = await deadLetterList({ ...ALL, lake: mended, each: true });
    for (const shown of [rows, each]) expect(JSON.stringify(shown)).not.toMatch(/P1|P2|original/);
  });

  test('are chosen by reason, stage and time', async () => {
    const ids = async (changes: Partial<ListRequest>) => {
      const rows = await deadLetterList({ ...ALL, lake: mended, each: true, ...changes });
      return rows.map(({ id }) => id);
    };
    expect(await ids({ reason: ['SYNTAX', 'RANGE'] })).toEqual(['1-2-0', '1-3-0']);
    expect(await ids({ stage: 'cleanse' })).toEqual(['1-3-0']);
    expect(await ids({ since: '2030-01-01' })).toEqual([]);
    expect(await ids({ limit: 1 })).toHaveLength(1);
    await expect(ids({ since: 'yesterday' })).rejects.toThrow(/--since/);
  });

  test('are shown one by one, byte for byte', async () => {
    const [letter] = await deadLetters({ lake: mended, id: '1-1-0' });
    expect(letter).toMatchObject({ id: '1-1-0', reason: 'NO_TZ', retried: true });
    expect(Buffer.from(String(letter?.['original_base64']), 'base64').toString()).toBe(MESSAGES[1]);
    await expect(deadLetters({ lake: mended, id: '9-9-9' })).rejects.toThrow(/no dead letter 9-9-9/);
    await expect(deadLetters({ lake: mended, id: "1' OR 1" })).rejects.toThrow(/no dead letter/);
  });
});
