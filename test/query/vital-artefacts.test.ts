import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openQuerySession, type QuerySession } from '../../query/session.js';
import type { PatientSummaryRow } from '../../schema/tables/gold-patient-summary.js';
import { fixtureLake } from './fixture-lake.js';
import { at, MINUTE, summaryRow } from './fixture-rows.js';

const START = at('08:00:00');

/** What a minute from 08:00 on holds: one value, least and greatest, null for none, '-' where there is no minute. */
type Value = number | readonly [number, number] | null | '-';

/** Kind, first and last minute, how many, value. */
type Found = readonly [string, string, string, number, number | null];

const times = (count: number, value: Value): Value[] => Array.from({ length: count }, () => value);

const CASES: readonly (readonly [rule: string, vital: string, values: readonly Value[], found: readonly Found[]])[] = [
  [
    'a flat line is one value for as many minutes as a heart rate must vary in',
    'heart_rate',
    [71, ...times(15, 70), 71],
    [['flat_line', '08:01', '08:15', 15, 70]],
  ],
  ['a minute less is none', 'heart_rate', [71, ...times(14, 70), 71], []],
  ['a respiratory rate has longer', 'respiratory_rate', times(30, 14), [['flat_line', '08:00', '08:29', 30, 14]]],
  ['a minute less of it is none', 'respiratory_rate', times(29, 14), []],
  ['a minute in which the value varied ends it', 'heart_rate', [...times(8, 70), [69, 71], ...times(8, 70)], []],
  [
    'one missing minute does not',
    'heart_rate',
    [...times(8, 70), '-', ...times(8, 70)],
    [['flat_line', '08:00', '08:16', 16, 70]],
  ],
  ['two missing minutes do', 'heart_rate', [...times(8, 70), '-', '-', ...times(8, 70)], []],
  ['a saturation may stand at 100 for hours', 'spo2', times(60, 100), []],
  ['a cuff repeats its last value', 'systolic_bp', times(60, 120), []],
  ['a jump leaves both neighbours and comes back', 'heart_rate', [80, 131, 80], [['jump', '08:01', '08:01', 1, 131]]],
  ['as far as the limit is none', 'heart_rate', [80, 130, 80], []],
  ['a saturation that dips for a minute', 'spo2', [97, 81, 97], [['jump', '08:01', '08:01', 1, 81]]],
  ['a dip as far as the limit from one neighbour is none', 'spo2', [97, 81, 96], []],
  ['a temperature', 'temperature', [37, 35.4, 37], [['jump', '08:01', '08:01', 1, 35.4]]],
  ['what stays is an arrhythmia', 'heart_rate', [80, 150, 150, 150], []],
  ['what comes back half-way only is none', 'heart_rate', [80, 150, 106, 106], []],
  ['what comes back to half the limit is one', 'heart_rate', [50, 150, 75], [['jump', '08:01', '08:01', 1, 150]]],
  [
    'a jump may have a missing minute on either side',
    'heart_rate',
    [80, '-', 150, '-', 80],
    [['jump', '08:02', '08:02', 1, 150]],
  ],
  ['two missing minutes are too many', 'heart_rate', [80, '-', '-', 150, 80], []],
  ['without a neighbour nothing is said', 'heart_rate', [150, 80], []],
  [
    'no signal is a vital that stays away, up to its return',
    'spo2',
    [97, ...times(5, null), 97],
    [['no_signal', '08:01', '08:05', 5, null]],
  ],
  ['four minutes are none', 'spo2', [97, ...times(4, null), 97], []],
  ['what was never there has not gone', 'spo2', times(9, null), []],
  [
    'it was there up to ten minutes ago',
    'spo2',
    [97, ...times(9, '-'), ...times(6, null)],
    [['no_signal', '08:10', '08:15', 6, null]],
  ],
  ['longer ago is another stay', 'spo2', [97, ...times(10, '-'), ...times(6, null)], []],
  ['what is measured now and then may stay away', 'temperature', [37, ...times(9, null)], []],
];

let session: QuerySession;

beforeAll(async () => {
  const panes = CASES.flatMap(([, vital, values], index) => minutes(`p${index}`, vital, values));
  session = await openQuerySession(await fixtureLake({ 'gold.patient_summary': [panes] }), { memoryLimit: '256MB' });
});
afterAll(() => session?.close());

function minutes(patient_id: string, vital: string, values: readonly Value[]): PatientSummaryRow[] {
  return values.flatMap((value, index) => {
    if (value === '-') return [];
    const window_start = START + index * MINUTE;
    if (value === null) return [summaryRow({ patient_id, window_start })];
    const [min, max] = typeof value === 'number' ? [value, value] : value;
    const measures = { n: 2, sum: min + max, min, max, last: max };
    const columns = Object.entries(measures).map(([measure, number]) => [`${vital}_${measure}`, number]);
    return [summaryRow({ patient_id, window_start, ...Object.fromEntries(columns) })];
  });
}

describe('gold.vital_artefacts', () => {
  test.each(CASES.map(([rule, vital, , found], index) => [rule, `p${index}`, vital, found] as const))(
    '%s',
    async (_, patient, vital, found) => {
      const sql = `SELECT kind, substr(started_at::VARCHAR, 12, 5) AS a, substr(ended_at::VARCHAR, 12, 5) AS b, minutes, value
        FROM gold.vital_artefacts WHERE patient_id = $1 AND vital = $2 ORDER BY started_at, kind`;
      const rows = await session.all(sql, [patient, vital]);
      expect(rows.map((row) => Object.values(row))).toEqual(found);
    },
  );
});
