import { describe, expect, test } from '@jest/globals';
import { budgetReport, type BudgetReport } from '../../../cli/alarms/budget-report.js';
import { quantile } from '../../../cli/alarms/quantile.js';
import { replay } from '../../../cli/alarms/replay.js';
import { reportLines } from '../../../cli/alarms/report-lines.js';
import type { PatientTruth } from '../../../cli/alarms/truth.js';
import type { PatientReading } from '../../../query/alarm-readings.js';
import { INSTANT, STANDARD } from '../../../transforms/alarms/rule-sets.js';
import { aScoredReading, NOON } from '../../transforms/a-reading.js';

const MINUTE = 60_000;

/** A reading a minute of one patient for some hours, low where `spo2At` says so. */
function readingsOf(patient_id: string, hours: number, spo2At: (minute: number) => number | null): PatientReading[] {
  return Array.from({ length: hours * 60 + 1 }, (_, minute) => ({
    ...aScoredReading(),
    patient_id,
    event_time: NOON + minute * MINUTE,
    spo2: spo2At(minute),
  }));
}

async function* streamed(readings: readonly PatientReading[]): AsyncGenerator<PatientReading> {
  for (const reading of readings) yield await Promise.resolve(reading);
}

async function reportsOf(
  readings: readonly PatientReading[],
  truths: ReadonlyMap<string, PatientTruth> | null = null,
): Promise<{ reports: BudgetReport[]; beds: number }> {
  const { size, budgets } = await replay(streamed(readings), [INSTANT, STANDARD], truths);
  return { reports: budgets.map((budget) => budgetReport(budget, size, truths !== null)), beds: size.bed_days };
}

const at = (minute: number) => NOON + minute * MINUTE;
const between = (from: number, to: number) => (minute: number) => (minute >= from && minute < to ? 84 : 97);

describe('a replay', () => {
  test('counts alarms per bed and day of watching, patient by patient', async () => {
    const readings = [
      ...readingsOf('a', 24, (minute) => (minute === 100 || (minute >= 200 && minute < 210) ? 84 : 97)),
      ...readingsOf('b', 24, () => 97),
    ];
    const { reports, beds } = await reportsOf(readings);
    expect(beds).toBe(2);
    const [instant, standard] = reports;
    expect(instant).toMatchObject({ rules: 'instant', alarms: 2, alarms_per_bed_day: 1, truth: null });
    expect(instant?.by_rule).toEqual({ hypoxaemia: 1 });
    expect(instant?.by_severity).toEqual({ urgent: 1 });
    // Minutes 100 to 101 and 200 to 210; with the delay 201, and cleared after a minute of safe values.
    expect(instant?.duration_seconds).toEqual({ median: 330, p90: expect.closeTo(546, 6) });
    expect(standard).toMatchObject({ alarms: 1, alarms_per_bed_day: 0.5, duration_seconds: { median: 600 } });
  });

  test('does not count pauses as watching', async () => {
    const readings = readingsOf('a', 24, () => 97).filter((_, minute) => minute < 60 || minute > 23 * 60);
    const { beds } = await reportsOf(readings);
    expect(beds).toBeCloseTo((59 + 59) / 1440, 3);
  });

  test('of nothing has no rates', async () => {
    const { reports } = await reportsOf([]);
    expect(reports[0]).toMatchObject({ alarms: 0, alarms_per_bed_day: null, duration_seconds: { median: null } });
    expect(reportLines({ patients: 0, readings: 0, bed_days: 0 }, reports).length).toBeGreaterThan(3);
  });
});

describe('held against the truth', () => {
  const episode = (kind: string, onset: number, end: number) => ({ kind, onset: at(onset), end: at(end) });
  const readings = readingsOf('a', 24, (minute) => (minute === 400 || minute === 700 ? 84 : between(100, 130)(minute)));
  const truth: PatientTruth = {
    episodes: [
      episode('hypoxia', 90, 200),
      episode('sepsis', 600, 650),
      episode('sepsis', 690, 720),
      episode('hypoxia', -50, 10),
      episode('hypoxia', 2_000, 2_100),
    ],
    artefacts: [
      { kind: 'motion', field: 'spo2', onset: at(399), end: at(401) },
      { kind: 'lead_off', field: 'heart_rate', onset: at(100), end: at(130) },
    ],
  };

  test('an episode is detected by an alarm between onset and end, and the delay is from its onset', async () => {
    const { reports } = await reportsOf(readings, new Map([['a', truth]]));
    const [instant, standard] = reports.map((report) => report.truth);
    expect(instant).toMatchObject({ episodes: 3, detected: 2, sensitivity: 0.667, missed: { sepsis: 1 } });
    expect(instant?.by_kind).toEqual({ hypoxia: { episodes: 1, detected: 1 }, sepsis: { episodes: 2, detected: 1 } });
    expect(instant?.delay_seconds).toEqual({ median: 600, quartile_1: 600, quartile_3: 600 });
    expect(standard).toMatchObject({ episodes: 3, detected: 1, missed: { sepsis: 2 } });
    expect(standard?.delay_seconds.median).toBe(660);
  });

  test('an alarm outside every episode is false, and one during a fault of its own vital is counted apart', async () => {
    const { reports } = await reportsOf(readings, new Map([['a', truth]]));
    const [instant, standard] = reports.map((report) => report.truth);
    expect(instant).toMatchObject({
      false_alarms: 1,
      false_alarms_per_bed_day: 1,
      alarms_during_artefacts: { motion: 1 },
    });
    expect(standard).toMatchObject({ false_alarms: 0, alarms_during_artefacts: {} });
  });

  test('says what alarms that know nothing would detect', async () => {
    const { reports } = await reportsOf(readings, new Map([['a', truth]]));
    const chance = [110, 50, 30].reduce((sum, minutes) => sum + 1 - Math.exp(-minutes / 1440), 0) / 3;
    expect(reports[0]?.truth?.sensitivity_by_chance).toBeCloseTo(chance, 3);
    expect(reports[1]?.truth?.sensitivity_by_chance).toBe(0);
  });

  test('a patient of whom the labels know nothing has false alarms only', async () => {
    const { reports } = await reportsOf(readings, new Map());
    expect(reports[0]?.truth).toMatchObject({ episodes: 0, sensitivity: null, false_alarms: 3 });
  });

  test('as a table each set stands beside the first, with the change', async () => {
    const { size, budgets } = await replay(streamed(readings), [INSTANT, STANDARD], new Map([['a', truth]]));
    const lines = reportLines(
      size,
      budgets.map((budget) => budgetReport(budget, size, true)),
    );
    const text = lines.join('\n').replaceAll(/ +/g, ' ');
    expect(lines[0]).toBe('1 patients, 1,441 readings, 1.0 bed-days');
    expect(text).toContain('alarms per bed per day 3.00 1.00 (-67 %)');
    expect(text).toContain('episodes detected 2 of 3 (67 %) 1 of 3 (33 %)');
    expect(text).toContain('sepsis 1 of 2 (50 %) 0 of 2 (0 %)');
    expect(text).toContain('delay from onset, median 10.0 min 11.0 min');
  });
});

test('quantiles interpolate between neighbours', () => {
  expect([quantile([], 0.5), quantile([7], 0.9), quantile([4, 1, 3, 2], 0.5), quantile([0, 10], 0.9)]).toEqual([
    null,
    7,
    2.5,
    9,
  ]);
});
