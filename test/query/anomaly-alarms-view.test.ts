import { afterAll, describe, expect, test } from '@jest/globals';
import { MinuteScores } from '../../model/calibration/minute-scores.js';
import { alarmMinutes, DEFAULT_PERSISTENCE, persistentScores } from '../../model/calibration/persistence.js';
import { openQuerySession, type QuerySession } from '../../query/session.js';
import type { PatientSummaryRow } from '../../schema/tables/gold-patient-summary.js';
import { random } from '../bigquery/random-rows.js';
import { fixtureLake } from './fixture-lake.js';
import { at, MINUTE, summaryRow } from './fixture-rows.js';

const sessions: QuerySession[] = [];
afterAll(() => Promise.all(sessions.map((session) => session.close())));

async function over(panes: readonly PatientSummaryRow[]) {
  const lake = await fixtureLake({ 'gold.patient_summary': [panes] });
  const session = await openQuerySession(lake, { memoryLimit: '256MB' });
  sessions.push(session);
  return session.all('SELECT patient_id, raised_at, ended_at FROM gold.anomaly_alarms ORDER BY patient_id, raised_at');
}

const START = at('00:00:00');
const THRESHOLD = 0.5;
const PATIENTS = 12;
const MINUTES = 400;
const { rearmMinutes } = DEFAULT_PERSISTENCE;

/** Scores of one to four readings a minute that wander about the threshold, with minutes that are missing. */
function scoresOf(seed: number): { readonly time: number; readonly scores: readonly number[] }[] {
  const next = random(seed);
  let level = 0.3;
  const minutes: { time: number; scores: number[] }[] = [];
  for (let minute = 0; minute < MINUTES; minute++) {
    if (next() < 0.05) minute += Math.floor(next() * 40);
    level += 0.15 * (next() - 0.5) + 0.08 * (0.35 - level);
    const readings = 1 + Math.floor(next() * 4);
    const scores = Array.from({ length: readings }, () => level + 0.2 * (next() - 0.5));
    minutes.push({ time: START + minute * MINUTE, scores });
  }
  return minutes;
}

describe('gold.anomaly_alarms', () => {
  test('alarms when the persistence of the calibration does, over random minutes of several readings', async () => {
    const wanted: object[] = [];
    const panes = Array.from({ length: PATIENTS }, (_, i) => {
      const patient_id = `p${String(i).padStart(2, '0')}`;
      const own = new MinuteScores();
      const minutes = scoresOf(i + 1);
      for (const { time, scores } of minutes) for (const score of scores) own.add(time, score);
      const series = own.series();
      const persistent = persistentScores(series, DEFAULT_PERSISTENCE);
      for (const minute of alarmMinutes(series.minutes, persistent, THRESHOLD, rearmMinutes)) {
        wanted.push({ patient_id, raised_at: new Date(minute * MINUTE).toISOString() });
      }
      return minutes.map(({ time, scores }) => {
        const anomaly_n = scores.filter((score) => score >= THRESHOLD).length;
        return summaryRow({ patient_id, window_start: time, n: scores.length, anomaly_n });
      });
    }).flat();
    const found = await over(panes);
    expect(found.map(({ patient_id, raised_at }) => ({ patient_id, raised_at }))).toEqual(wanted);
    expect(wanted.length).toBeGreaterThan(PATIENTS);
  });

  test('one noisy reading, or one noisy minute, is no alarm; and one that was withdrawn ends it', async () => {
    const minute = (index: number, n: number, anomaly_n: number, order_key = '1') =>
      summaryRow({ window_start: START + index * MINUTE, n, anomaly_n, order_key });
    const noisy = Array.from({ length: 10 }, (_, i) => minute(i, 60, i === 4 ? 60 : 30));
    expect(await over(noisy)).toEqual([]);
    const held = [0, 2, 4].map((index) => minute(index, 60, 31));
    const raised_at = new Date(START + 4 * MINUTE).toISOString();
    expect(await over(held)).toEqual([{ patient_id: 'p1', raised_at, ended_at: null }]);
    expect(await over([...held, minute(4 + rearmMinutes + 1, 60, 0)])).toEqual([
      { patient_id: 'p1', raised_at, ended_at: raised_at },
    ]);
    expect(await over([...held, minute(2, 60, 30, '2')])).toEqual([]);
  });
});
