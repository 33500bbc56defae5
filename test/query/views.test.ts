import { afterEach, describe, expect, test } from '@jest/globals';
import { openQuerySession, type QuerySession } from '../../query/session.js';
import { fixtureLake, type FixtureTables } from './fixture-lake.js';
import { alertRow, at, hourlyRow, silverRow, summaryRow, wardRow } from './fixture-rows.js';

let session: QuerySession | null = null;

async function ask(tables: FixtureTables, sql: string): Promise<readonly Record<string, unknown>[]> {
  session = await openQuerySession(await fixtureLake(tables), { memoryLimit: '256MB', threads: 1 });
  return session.all(sql);
}

afterEach(async () => {
  await session?.close();
  session = null;
});

describe('gold.vital_signs_hourly_trend', () => {
  test('the latest pane of an hour wins, whatever the order of files', async () => {
    const panes = {
      'gold.vitals_hourly': [
        [hourlyRow({ order_key: '2', n: 3, sum_value: 250, max_value: 90, ward: 'Ward B' })],
        [hourlyRow({ order_key: '1', n: 1, sum_value: 80 }), hourlyRow({ vital: 'spo2', n: 2, sum_value: 190 })],
      ],
    };
    expect(
      await ask(panes, 'SELECT vital, ward, n, sum_value, max_value FROM gold.vital_signs_hourly_trend ORDER BY 1'),
    ).toEqual([
      { vital: 'heart_rate', ward: 'Ward B', n: 3, sum_value: 250, max_value: 90 },
      { vital: 'spo2', ward: 'ICU', n: 2, sum_value: 190, max_value: 80 },
    ]);
  });

  test('a withdrawn pane shows its own nulls, not the values of the pane before', async () => {
    const withdrawn = {
      order_key: '2',
      n: 0,
      sum_value: null,
      min_value: null,
      max_value: null,
      last_event_time: null,
    };
    const panes = { 'gold.vitals_hourly': [[hourlyRow({ order_key: '1' }), hourlyRow({ ...withdrawn, ward: null })]] };
    expect(await ask(panes, 'SELECT n, sum_value, ward, last_event_time FROM gold.vital_signs_hourly_trend')).toEqual([
      { n: 0, sum_value: null, ward: null, last_event_time: null },
    ]);
    expect(await session?.all('SELECT * FROM gold.vital_signs_hourly_average')).toEqual([]);
  });
});

test('gold.vital_signs_hourly_average divides the sum by the count', async () => {
  const panes = { 'gold.vitals_hourly': [[hourlyRow({ n: 4, sum_value: 147.2, vital: 'temperature' })]] };
  expect(await ask(panes, 'SELECT vital, n, average_value FROM gold.vital_signs_hourly_average')).toEqual([
    { vital: 'temperature', n: 4, average_value: 36.8 },
  ]);
});

test('gold.ward_alert_counts takes the latest pane of each ward, rule, severity and hour', async () => {
  const panes = {
    'gold.ward_alerts_hourly': [
      [wardRow({ order_key: '1', n: 5 }), wardRow({ order_key: '2', n: 4 })],
      [wardRow({ rule: 'news2', n: 1 })],
    ],
  };
  expect(await ask(panes, 'SELECT ward, rule, n FROM gold.ward_alert_counts ORDER BY rule')).toEqual([
    { ward: 'ICU', rule: 'news2', n: 1 },
    { ward: 'ICU', rule: 'spo2_low', n: 4 },
  ]);
});

describe('gold.patient_risk_scores and gold.patient_latest_risk', () => {
  const summaries = {
    'gold.patient_summary': [
      [
        summaryRow({
          window_start: at('07:00:00'),
          order_key: '1',
          news2_low: 3,
          risk_band: 'low',
          heart_rate_last: 80,
        }),
        summaryRow({
          window_start: at('07:00:00'),
          order_key: '2',
          news2_low: 7,
          risk_band: 'high',
          heart_rate_last: 131,
        }),
        summaryRow({ window_start: at('07:01:00'), order_key: '1', news2_low: 5, risk_band: 'medium' }),
        summaryRow({ window_start: at('07:01:00'), order_key: '3', n: 0 }),
        summaryRow({ patient_id: 'p2', window_start: at('06:00:00'), news2_low: 1, anomaly_score: 0.7, anomaly_n: 1 }),
      ],
    ],
  };

  test('each minute shows its latest pane', async () => {
    expect(
      await ask(
        summaries,
        `SELECT patient_id, window_start, n, news2_low, risk_band, heart_rate FROM gold.patient_risk_scores ORDER BY 1, 2`,
      ),
    ).toEqual([
      {
        patient_id: 'p1',
        window_start: '2026-11-21T07:00:00.000Z',
        n: 1,
        news2_low: 7,
        risk_band: 'high',
        heart_rate: 131,
      },
      {
        patient_id: 'p1',
        window_start: '2026-11-21T07:01:00.000Z',
        n: 0,
        news2_low: null,
        risk_band: null,
        heart_rate: null,
      },
      {
        patient_id: 'p2',
        window_start: '2026-11-21T06:00:00.000Z',
        n: 1,
        news2_low: 1,
        risk_band: null,
        heart_rate: null,
      },
    ]);
  });

  test('the latest risk of a patient passes over minutes that were withdrawn', async () => {
    expect(
      await ask(
        summaries,
        'SELECT patient_id, news2_low, anomaly_score, anomaly_n FROM gold.patient_latest_risk ORDER BY 1',
      ),
    ).toEqual([
      { patient_id: 'p1', news2_low: 7, anomaly_score: null, anomaly_n: 0 },
      { patient_id: 'p2', news2_low: 1, anomaly_score: 0.7, anomaly_n: 1 },
    ]);
  });
});

describe('silver.current_patient_vitals', () => {
  test.each([
    [
      'a tombstone beats a correction',
      { status: 'entered-in-error' },
      { status: 'corrected', sent_time: at('09:00:00') },
    ],
    ['a correction beats a final', { status: 'corrected' }, { status: 'final', sent_time: at('09:00:00') }],
    ['the later sent_time wins', { sent_time: at('08:00:01') }, { sent_time: at('08:00:00'), content_hash: 'z' }],
    ['any sent_time beats none', { sent_time: at('00:00:00') }, { content_hash: 'z' }],
    ['the greater content hash settles the rest', { content_hash: 'b' }, { content_hash: 'a' }],
    ['content hashes compare by byte', { content_hash: 'a' }, { content_hash: 'Z' }],
  ])('%s, whichever came first', async (_rule, winner, loser) => {
    const first = silverRow({ heart_rate: 1, content_hash: 'c1', ...winner });
    const second = silverRow({ heart_rate: 2, content_hash: 'c2', ...loser });
    for (const files of [
      [[first], [second]],
      [[second], [first]],
    ]) {
      const rows = await ask(
        { 'silver.patient_vitals': files },
        'SELECT heart_rate, status FROM silver.current_patient_vitals',
      );
      expect(rows).toEqual([{ heart_rate: 1, status: first.status }]);
    }
  });

  test('a correction that moves a reading to another day leaves nothing on the old one', async () => {
    const files = [
      [silverRow({ event_time: at('23:59:00') })],
      [silverRow({ status: 'corrected', content_hash: 'c2', event_time: Date.parse('2026-11-22T00:01:00Z') })],
    ];
    expect(
      await ask({ 'silver.patient_vitals': files }, 'SELECT event_date FROM silver.current_patient_vitals'),
    ).toEqual([{ event_date: '2026-11-22' }]);
  });
});

describe('gold.current_alerts and gold.alert_episodes', () => {
  test('a withdrawn alert no longer stands, a raised one shows its latest row', async () => {
    const rows = [
      alertRow({ alert_id: 'a1', order_key: '1' }),
      alertRow({ alert_id: 'a1', order_key: '2', state: 'withdrawn' }),
      alertRow({ alert_id: 'a2', order_key: '1', value: 80 }),
      alertRow({ alert_id: 'a2', order_key: '2', value: 79 }),
    ];
    expect(await ask({ 'gold.alerts': [rows] }, 'SELECT alert_id, value FROM gold.current_alerts')).toEqual([
      { alert_id: 'a2', value: 79 },
    ]);
  });

  test('alerts at most 15 minutes apart are one episode; patients and rules never mix', async () => {
    const raised = (alert_id: string, clock: string, more: object = {}) =>
      alertRow({ alert_id, event_time: at(clock), ...more });
    const rows = [
      raised('a1', '07:00:00'),
      raised('a2', '07:15:00', { severity: 'critical', ward: 'Ward B' }),
      raised('a3', '07:30:00.001', { severity: 'warning' }),
      raised('a4', '07:01:00', { rule: 'news2' }),
      raised('a5', '07:02:00', { patient_id: 'p2' }),
      raised('a6', '07:20:00'),
      raised('a6', '07:20:00', { order_key: '000000000002-000000', state: 'withdrawn' }),
    ];
    expect(
      await ask({ 'gold.alerts': [rows] }, 'SELECT * FROM gold.alert_episodes ORDER BY patient_id, rule, episode'),
    ).toEqual([
      episode({ rule: 'news2', started_at: '2026-11-21T07:01:00.000Z', ended_at: '2026-11-21T07:01:00.000Z' }),
      episode({
        started_at: '2026-11-21T07:00:00.000Z',
        ended_at: '2026-11-21T07:15:00.000Z',
        duration_seconds: 900,
        alerts: 2,
        severity: 'critical',
        ward: 'Ward B',
      }),
      episode({
        episode: 2,
        started_at: '2026-11-21T07:30:00.001Z',
        ended_at: '2026-11-21T07:30:00.001Z',
        severity: 'warning',
      }),
      episode({ patient_id: 'p2', started_at: '2026-11-21T07:02:00.000Z', ended_at: '2026-11-21T07:02:00.000Z' }),
    ]);
  });

  function episode(given: object): object {
    const one = { patient_id: 'p1', rule: 'spo2_low', episode: 1, event_date: '2026-11-21', duration_seconds: 0 };
    return { ...one, alerts: 1, severity: 'urgent', ward: 'ICU', ...given };
  }
});
