import { afterAll, describe, expect, test } from '@jest/globals';
import { openQuerySession, type QuerySession } from '../../query/session.js';
import type { PatientSummaryRow } from '../../schema/tables/gold-patient-summary.js';
import { PatientAlarms, type AlarmReading } from '../../transforms/alarms/patient-alarms.js';
import { STANDARD } from '../../transforms/alarms/rule-sets.js';
import { random } from '../bigquery/random-rows.js';
import { fixtureLake } from './fixture-lake.js';
import { at, MINUTE, summaryRow } from './fixture-rows.js';

const sessions: QuerySession[] = [];
afterAll(() => Promise.all(sessions.map((session) => session.close())));

async function over(panes: readonly PatientSummaryRow[], sql: string) {
  const lake = await fixtureLake({ 'gold.patient_summary': [panes] });
  const session = await openQuerySession(lake, { memoryLimit: '256MB' });
  sessions.push(session);
  return session.all(sql);
}

const START = at('00:00:00');
/** More by ALARM_PATIENTS=500: 60 patients take most of a minute. */
const PATIENTS = Number(process.env['ALARM_PATIENTS'] ?? 12);
const MINUTES = 180;
const FIELDS = ['heart_rate', 'respiratory_rate', 'spo2', 'systolic_bp', 'temperature', 'glucose'] as const;
const NONE: AlarmReading = {
  event_time: START,
  heart_rate: null,
  respiratory_rate: null,
  spo2: null,
  systolic_bp: null,
  diastolic_bp: null,
  mean_bp: null,
  temperature: null,
  glucose: null,
  news2_low: 0,
  age: null,
  spo2_scale: 1,
  supplemental_oxygen: false,
  consciousness: 'A',
  flags: null,
};

/** Values about the limits of the rules, so that they are crossed again and again. */
const AROUND: Record<(typeof FIELDS)[number], readonly number[]> = {
  heart_rate: [0, 5, 10, 40, 43, 45, 100, 125, 128, 131],
  respiratory_rate: [8, 9, 10, 16, 22, 24, 25],
  spo2: [79, 82, 84, 87, 88, 90, 96],
  systolic_bp: [90, 92, 95, 120, 175, 178, 181],
  temperature: [35.04, 35.2, 35.4, 37, 38.6, 38.9, 39.05],
  glucose: [53.9, 60, 70, 100],
};

/** One reading a minute of a patient whose values stay for a while, with minutes that are missing, alone and in runs. */
function readingsOf(seed: number): AlarmReading[] {
  const next = random(seed);
  const of = <T>(values: readonly T[]) => values[Math.floor(next() * values.length)] as T;
  const held: Record<string, number | null> = {};
  const readings: AlarmReading[] = [];
  for (let minute = 0; minute < MINUTES; minute += 1) {
    if (next() < 0.04) minute += of([1, 2, 5, 6, 12]);
    for (const field of FIELDS) {
      if (next() < 0.35) held[field] = next() < 0.2 ? null : of(AROUND[field]);
    }
    if (next() < 0.2) held['news2_low'] = of([0, 5, 6, 7, 9, null]);
    readings.push({ ...NONE, ...held, event_time: START + minute * MINUTE });
  }
  return readings;
}

function paneOf(patient_id: string, reading: AlarmReading): PatientSummaryRow {
  const vitals = Object.fromEntries(
    FIELDS.filter((field) => reading[field] !== null).flatMap((field) => [
      [`${field}_n`, 1],
      ...['sum', 'min', 'max', 'last'].map((measure) => [`${field}_${measure}`, reading[field]]),
    ]),
  );
  const { event_time: window_start, news2_low } = reading;
  return summaryRow({ patient_id, window_start, n: 1, news2_low, ...vitals });
}

function expected(patient: string, readings: readonly AlarmReading[]): object[] {
  const found: object[] = [];
  const iso = (time: number | null) => (time === null ? null : new Date(time).toISOString());
  const alarms = new PatientAlarms(patient, STANDARD, ({ alarm_id, rule, ...span }) =>
    found.push({
      alarm_id,
      rule: rule.name,
      onset: iso(span.onset),
      raised_at: iso(span.raisedAt),
      ended_at: iso(span.endedAt),
      state: span.ending ?? 'on',
      worst: span.worst,
    }),
  );
  for (const reading of readings) alarms.observe(reading);
  alarms.finish();
  return found;
}

const COLUMNS = 'alarm_id, rule, onset, raised_at, ended_at, state, worst';
const byId = (rows: readonly object[]) => [...rows].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

describe('gold.alarms', () => {
  test('of one reading a minute is what the state machine says of those readings, for random patients', async () => {
    const patients = Array.from({ length: PATIENTS }, (_, index) => [`p${index}`, readingsOf(index + 1)] as const);
    const panes = patients.flatMap(([patient, readings]) => readings.map((reading) => paneOf(patient, reading)));
    const wanted = patients.flatMap(([patient, readings]) => expected(patient, readings));
    const found = await over(panes, `SELECT ${COLUMNS} FROM gold.alarms`);
    expect(byId(found)).toEqual(byId(wanted));
    const states = new Set(wanted.map((alarm) => (alarm as { state: string }).state));
    expect([wanted.length > 200, states]).toEqual([true, new Set(['cleared', 'lost', 'on'])]);
    const rules = new Set(wanted.map((alarm) => (alarm as { rule: string }).rule));
    expect(rules).toEqual(new Set(STANDARD.rules.map(({ name }) => name)));
  });

  test('a minute is beyond the limit only when all of it is, and the latest pane counts', async () => {
    const low = { spo2_n: 12, spo2_sum: 1_000, spo2_min: 80, spo2_last: 80 };
    const minute = (index: number, spo2_max: number, order_key = '1') =>
      summaryRow({ window_start: START + index * MINUTE, ...low, spo2_max, order_key });
    const whole = [0, 1].map((index) => minute(index, 87));
    const sql = `SELECT rule, worst FROM gold.alarms`;
    expect(await over(whole, sql)).toEqual([{ rule: 'hypoxaemia', worst: 80 }]);
    expect(await over([...whole, minute(1, 88, '2')], sql)).toEqual([]);
    expect(await over([...whole, summaryRow({ window_start: START + MINUTE, order_key: '2', n: 0 })], sql)).toEqual([]);
  });
});
