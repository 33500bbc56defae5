import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { asOfTime } from '../../cli/query/as-of.js';
import { runQuery, type QueryRequest } from '../../cli/query/run-query.js';
import { openLakeSnapshot } from '../../lake/reader.js';
import type { AuditReport } from '../../query/audit/audit.js';
import { auditInProcess } from '../support/audit.js';
import { openQuerySession, type QuerySession } from '../../query/session.js';
import { DEVELOPMENT_PSEUDONYM_KEY, makePseudonymizer } from '../../transforms/pseudonym.js';
import { scratch } from '../lake/scratch.js';
import { runMessages, tickingClock } from '../support/direct.js';
import { concept, observation, quantity } from '../transforms/decode/fhir-messages.js';
import { hl7, MSH, OBR, PID, PV1 } from '../transforms/decode/hl7v2-messages.js';
import { wire } from '../support/wire-reading.js';

const LOW = 80;
const NORMAL = 97;

/** A reading that is brought first with a saturation of 80, and what is said about it an hour later. */
interface Case {
  readonly name: string;
  readonly patient: string;
  readonly original: string;
  readonly change: string;
  readonly becomes: 'corrected' | 'entered-in-error';
}

function fhir(patient: string, status: string, spo2: number): string {
  const subject = { reference: `Patient/${patient}` };
  const valueQuantity = quantity(spo2, '%');
  return JSON.stringify(observation({ id: `o-${patient}`, subject, code: concept('59408-5'), status, valueQuantity }));
}

function oru(patient: string, status: string, spo2: number): string {
  const obx = `OBX|1|NM|59408-5^SpO2^LN|1.1|${spo2}|%|||||${status}`;
  return hl7(MSH, PID.replace('P000123', patient), PV1, OBR, obx);
}

function json(patient: string, status: string, spo2: number): string {
  return wire({ patient, status, spo2 });
}

type Speaker = (patient: string, status: string, spo2: number) => string;

function casesOf(dialect: string, speak: Speaker, first: string, words: Record<string, Case['becomes']>): Case[] {
  return Object.entries(words).map(([word, becomes]) => {
    const patient = `${dialect}-${word}`.toUpperCase().replaceAll('_', '-');
    const name = `${dialect}: ${word}`;
    return { name, patient, becomes, original: speak(patient, first, LOW), change: speak(patient, word, NORMAL) };
  });
}

const WORDS = {
  corrected: 'corrected',
  amended: 'corrected',
  'entered-in-error': 'entered-in-error',
  cancelled: 'entered-in-error',
} as const;

const CASES: readonly Case[] = [
  ...casesOf('json', json, 'final', WORDS),
  ...casesOf('fhir', fhir, 'final', WORDS),
  ...casesOf('hl7v2', oru, 'F', { C: 'corrected', D: 'entered-in-error', W: 'entered-in-error' }),
];

const ORIGINALS = CASES.map(({ original }) => original);
const CHANGES = CASES.map(({ change }) => change);

const FIRST_RUN = Date.parse('2026-11-21T12:00:00Z');
const SECOND_RUN = Date.parse('2026-11-21T13:00:00Z');
const BETWEEN = '2026-11-21T12:30:00Z';

/** The tables as they answer now, and as they answered between the two runs. */
let now: QuerySession;
let then: QuerySession;
let audited: AuditReport;
let reversed: AuditReport;
/** Files after the first run: path to bytes. */
let older: Files;
let lake: string;
/** The same messages, the changes before what they change. */
let backwards: string;

/** Two runs an hour apart over the same source; the files after the first one. */
async function runTwice(root: string, first: readonly string[], second: readonly string[]): Promise<Files> {
  await runMessages(root, first, 100, { clock: tickingClock(FIRST_RUN) });
  const files = dataFiles(root);
  await runMessages(root, [...first, ...second], 100, { clock: tickingClock(SECOND_RUN) });
  return files;
}

type Files = ReadonlyMap<string, Buffer>;

function dataFiles(root: string): Map<string, Buffer> {
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' });
  const kept = names.filter((name) => name.endsWith('.parquet') || /batches.*\.json$|_delta_log.*\d\.json$/.test(name));
  return new Map(kept.map((name) => [name, readFileSync(join(root, name))]));
}

beforeAll(async () => {
  backwards = scratch();
  await runTwice(backwards, CHANGES, ORIGINALS);
  reversed = await auditInProcess(backwards);
  lake = scratch();
  older = await runTwice(lake, ORIGINALS, CHANGES);
  audited = await auditInProcess(lake);
  const snapshot = await openLakeSnapshot(lake);
  now = await openQuerySession(snapshot);
  then = await openQuerySession(snapshot, { asOf: await asOfTime(lake, BETWEEN) });
}, 120_000);

afterAll(async () => {
  await now?.close();
  await then?.close();
});

const pseudonym = makePseudonymizer(DEVELOPMENT_PSEUDONYM_KEY);
const of = (patient: string) => `patient_id = '${pseudonym(patient)}'`;
const AS_OF = `known_from <= TIMESTAMPTZ '${BETWEEN}' AND (known_to IS NULL OR known_to > TIMESTAMPTZ '${BETWEEN}')`;
const isWithdrawn = ({ becomes }: Case) => becomes === 'entered-in-error';

describe.each(CASES.map((one) => [one.name, one] as const))('%s', (_, one) => {
  const { patient, becomes } = one;

  test('the current view shows the newest version', async () => {
    const sql = `SELECT status, spo2 FROM silver.current_patient_vitals WHERE ${of(patient)}`;
    expect(await now.all(sql)).toEqual([{ status: becomes, spo2: NORMAL }]);
    expect(await then.all(sql)).toEqual([{ status: 'final', spo2: LOW }]);
  });

  test('as of a time between them, the versions show the old one', async () => {
    const sql = `SELECT status, spo2 FROM silver.patient_vitals_versions WHERE ${of(patient)} AND ${AS_OF}`;
    expect(await now.all(sql)).toEqual([{ status: 'final', spo2: LOW }]);
  });

  test('the minute is restated in gold, and said otherwise then', async () => {
    const sql = `SELECT spo2 FROM gold.patient_risk_by_minute WHERE ${of(patient)}`;
    expect(await now.all(sql)).toEqual(isWithdrawn(one) ? [] : [{ spo2: NORMAL }]);
    expect(await then.all(sql)).toEqual([{ spo2: LOW }]);
    const hour = `SELECT min_value FROM gold.vital_signs_hourly_average WHERE ${of(patient)} AND vital = 'spo2'`;
    expect(await now.all(hour)).toEqual(isWithdrawn(one) ? [] : [{ min_value: NORMAL }]);
    expect(await then.all(hour)).toEqual([{ min_value: LOW }]);
  });

  test('its alerts are withdrawn, and stood then', async () => {
    const sql = `SELECT count(*)::INTEGER AS n FROM gold.current_alerts WHERE ${of(patient)}`;
    const raised = `SELECT count(DISTINCT alert_id)::INTEGER AS n FROM gold.alerts WHERE ${of(patient)}`;
    const [before, after] = [(await then.all(sql))[0]?.['n'], (await now.all(sql))[0]?.['n']];
    expect(before).toBeGreaterThan(0);
    expect(after).toBe(0);
    expect(await then.all(raised)).toEqual([{ n: before }]);
  });
});

test('nothing of the first run is rewritten: every file, log entry and manifest is byte for byte what it was', () => {
  const files = dataFiles(lake);
  expect(older.size).toBeGreaterThan(10);
  for (const [name, bytes] of older) expect([name, files.get(name)?.equals(bytes)]).toEqual([name, true]);
});

test('changes that arrive before what they change give the same current rows, panes and alerts', () => {
  expect([reversed.silver_hash, reversed.gold_hash]).toEqual([audited.silver_hash, audited.gold_hash]);
  expect([audited.ok, reversed.ok]).toEqual([true, true]);
  expect(audited.silver).toBe(2 * CASES.length);
});

test('what came after a better version was never current', async () => {
  const session = await openQuerySession(await openLakeSnapshot(backwards));
  const sql = `SELECT status = 'final' AS late, never_current, count(*)::INTEGER AS n
    FROM silver.patient_vitals_versions GROUP BY ALL ORDER BY late`;
  expect(await session.all(sql)).toEqual([
    { late: false, never_current: false, n: CASES.length },
    { late: true, never_current: true, n: CASES.length },
  ]);
  await session.close();
});

test('before the first run there was nothing', async () => {
  const asOf = await asOfTime(lake, '2026-11-21T11:00:00Z');
  const session = await openQuerySession(await openLakeSnapshot(lake), { asOf });
  for (const table of ['bronze.patient_vitals', 'silver.patient_vitals', 'gold.alerts', 'gold.patient_risk_scores']) {
    expect(await session.all(`SELECT count(*)::INTEGER AS n FROM ${table}`)).toEqual([{ n: 0 }]);
  }
  await session.close();
});

test('known_from is the frozen receive time of a message of the batch that brought the version', async () => {
  const arrivals = '(SELECT DISTINCT batch, receive_time AS known_from FROM bronze.patient_vitals)';
  const sql = `SELECT count(*)::INTEGER AS n, count(DISTINCT known_from)::INTEGER AS runs
    FROM silver.patient_vitals SEMI JOIN ${arrivals} USING (batch, known_from)`;
  expect(await now.all(sql)).toEqual([{ n: 2 * CASES.length, runs: 2 }]);
});

test('vitals query --as-of answers as the lake stood then, and refuses a time without a zone', async () => {
  const request = { ...ASKED, lake, sql: 'SELECT DISTINCT status, spo2 FROM silver.current_patient_vitals' };
  expect(await answerOf({ ...request, 'as-of': BETWEEN })).toBe('{"status":"final","spo2":80}\n');
  await expect(answerOf({ ...request, 'as-of': '2026-11-21T12:30:00' })).rejects.toThrow(/--as-of/);
});

const ASKED = {
  file: undefined,
  'as-of-batch': undefined,
  json: true,
  csv: false,
  out: undefined,
  all: false,
} as const;

async function answerOf(request: Omit<QueryRequest, 'list' | 'memory-limit'>): Promise<string> {
  const [data, notes] = [new PassThrough(), new PassThrough()];
  const asked = runQuery({ ...request, list: false, 'memory-limit': '256MB' }, { data, notes });
  await asked.finally(() => data.end());
  return text(data);
}
