import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { transpileToDuckDb } from '../../../bigquery/transpile.js';
import { REPORT_CHARTS } from '../../../cli/deploy/report-charts.js';
import { openQuerySession, type QuerySession } from '../../../query/session.js';
import { fixtureLake } from '../../query/fixture-lake.js';
import { alertRow, at, deadLetterRow, hourlyRow, summaryRow, wardRow } from '../../query/fixture-rows.js';

const LOOKER = new URL('../../../docs/looker/', import.meta.url);
const GUIDE = readFileSync(new URL('../../../docs/looker-studio.md', import.meta.url), 'utf8');
const files = readdirSync(LOOKER, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.sql'));
const textOf = (file: string) => readFileSync(new URL(file, LOOKER), 'utf8');

/** The day of the fixture rows, as Data Studio writes dates, and one of its patients. */
const DAY = '20261121';
const PATIENT = 'p1';

/** Data Studio puts its parameters in as texts. */
function withParameters(sql: string): string {
  return sql.replaceAll(/@DS_(?:START|END)_DATE/g, `'${DAY}'`).replaceAll('@patient_id', `'${PATIENT}'`);
}

let session: QuerySession;
beforeAll(async () => {
  const early = { order_key: '1', window_start: at('10:00:00') };
  const lake = await fixtureLake({
    'gold.patient_summary': [
      [
        summaryRow({
          ...early,
          patient_id: PATIENT,
          ward: 'ICU',
          n: 60,
          news2_low: 7,
          news2_high: 8,
          risk_band: 'high',
        }),
        summaryRow({ ...early, patient_id: 'p2', ward: 'ED', n: 60, news2_low: 1, news2_high: 1, risk_band: 'low' }),
      ],
      // A later pane of the same minute, and a minute much later: p2 has been silent since.
      [
        summaryRow({
          ...early,
          order_key: '2',
          patient_id: PATIENT,
          ward: 'ICU',
          n: 60,
          news2_low: 5,
          risk_band: 'medium',
        }),
      ],
      [
        summaryRow({
          order_key: '3',
          window_start: at('10:30:00'),
          patient_id: PATIENT,
          ward: 'ICU',
          n: 59,
          news2_low: 5,
          news2_high: 5,
          anomaly_score: 0.7,
          anomaly_n: 1,
          risk_band: 'medium',
        }),
      ],
    ],
    'gold.vitals_hourly': [
      [hourlyRow({ order_key: '1', patient_id: PATIENT, vital: 'heart_rate', ward: 'ICU', n: 2, sum_value: 150 })],
    ],
    'gold.ward_alerts_hourly': [[wardRow({ order_key: '1', ward: 'ICU', n: 4 })]],
    'gold.alerts': [
      [
        alertRow({ alert_id: 'a', order_key: '1', patient_id: PATIENT }),
        alertRow({ alert_id: 'b', order_key: '1', patient_id: PATIENT }),
      ],
      [alertRow({ alert_id: 'b', order_key: '2', patient_id: PATIENT, state: 'withdrawn' })],
    ],
    'silver.dead_letter': [[deadLetterRow({ reason: 'RANGE' })]],
  });
  session = await openQuerySession(lake, { memoryLimit: '256MB', threads: 1 });
});
afterAll(() => session.close());

const ask = (file: string) => session.all(transpileToDuckDb(withParameters(textOf(`${file}.sql`)).trim()));

describe('every query of the report', () => {
  test.each(REPORT_CHARTS.map(({ file }) => file))('%s runs over the lake, and finds something', async (file) => {
    expect((await ask(file)).length).toBeGreaterThan(0);
  });

  test.each(files)('%s names its days inside, so that BigQuery reads no others', (file) => {
    const text = textOf(file);
    expect(text).toMatch(/WHERE (?:event|receive)_date (?:BETWEEN|=|>=) .*@DS_(?:START|END)_DATE/);
    expect(text).not.toMatch(/patient_latest_risk|current_alerts|alert_episodes/);
  });

  test.each(files)('%s is in the guide, with its chart', (file) => {
    expect(GUIDE).toContain(`(looker/${file})`);
    expect(textOf(file)).toMatch(/^-- .+\n-- Chart: .+/);
  });

  test('no query reads what may identify a person', () => {
    for (const file of files)
      expect(textOf(file)).not.toMatch(/\b(?:original|payload|attributes|reference\.patients)\b/i);
  });
});

describe('the answers', () => {
  test('a patient counts in the latest minute, by the latest pane, and not when silent for ten minutes', async () => {
    expect(await ask('hospital/1-patients-now')).toEqual([{ ward: 'ICU', risk_band: 'medium', patients: 1 }]);
  });

  test('who has been silent is said with the minutes', async () => {
    expect(await ask('pipeline/2-silent-patients')).toMatchObject([
      { patient_id: 'p2', ward: 'ED', silent_minutes: 30 },
    ]);
  });

  test('an alert that was withdrawn is not shown', async () => {
    expect(await ask('alerts/3-latest')).toHaveLength(1);
    expect(await ask('alerts/4-patients-with-most')).toMatchObject([{ patient_id: PATIENT, alerts: 1 }]);
  });

  test('an average is of values, not of averages', async () => {
    expect(await ask('hospital/3-hourly-averages')).toMatchObject([
      { vital: 'heart_rate', average_value: 75, values_measured: 2 },
    ]);
  });

  test('the page of a patient has that patient only', async () => {
    const minutes = await ask('patient/1-news2');
    expect(minutes.map(({ news2_low: low }) => low)).toEqual(expect.arrayContaining([5]));
    expect(minutes).toHaveLength(2);
  });
});

describe('the colours of the guide', () => {
  const colours = [...GUIDE.matchAll(/^\| [^|]+\| `(#[0-9A-F]{6})` +\| `(#[0-9A-F]{6})` +\| ([\d.]+)/gm)];

  test('there are some, each with the contrast that the guide says, 4.5 at least', () => {
    expect(colours.length).toBeGreaterThanOrEqual(6);
    for (const [, fill = '', text = '', said] of colours) {
      const contrast = contrastOf(fill, text);
      expect(contrast).toBeGreaterThanOrEqual(4.5);
      expect(contrast.toFixed(1)).toBe(said);
    }
  });
});

/** Contrast of two colours by WCAG 2.2. */
function contrastOf(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminanceOf(one), luminanceOf(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminanceOf(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const value = parseInt(colour.slice(start, start + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
