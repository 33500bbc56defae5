import { existsSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from '@jest/globals';

import { createPatients, type Patient } from '../../simulator/patients.js';
import { FACTORS, factorStep, FEVER_LOADINGS } from '../../simulator/factors.js';
import { lowOf } from '../../transforms/clinical/interval.js';
import { packNews2 } from '../../transforms/clinical/news2.js';
import { DAY, FROM, HOUR, MINUTE, parsed, simulated, type WireReading } from './simulation.js';

const VITALS = ['heart_rate', 'respiratory_rate', 'temperature', 'systolic_bp', 'diastolic_bp'] as const;
type Vital = (typeof VITALS)[number];

/**
 * PhysioNet/CinC Challenge 2012, sets a and c (ODC-By 1.0), as in CLINICAL.md, and how near the simulator must come:
 * several standard errors of 300 patients.
 */
const ICU: Readonly<Record<Vital, Targets>> = {
  heart_rate: targets(87.4, 3, 18.4, 2, 9.2, 0.8, 0.71, 0.4, 51, 138, 8),
  respiratory_rate: targets(19.65, 0.8, 5.4, 0.6, 3.4, 0.35, 0.26, 0.12, 9, 36, 3),
  temperature: targets(37.06, 0.12, 0.86, 0.08, 0.54, 0.05, 0.89, 0.4, 34.8, 39, 0.7),
  systolic_bp: targets(118.9, 4, 22.9, 2.5, 12.7, 1, 0.49, 0.22, 75, 181, 9),
  diastolic_bp: targets(58.1, 2.5, 15.4, 1.5, 9.3, 0.8, 0.4, 0.18, 28, 99, 6),
};

/** Of autocorrelations and correlations. */
const NEAR = 0.08;

const CORRELATIONS: readonly (readonly [Vital, Vital, number])[] = [
  ['systolic_bp', 'diastolic_bp', 0.6],
  ['heart_rate', 'respiratory_rate', 0.25],
  ['heart_rate', 'temperature', 0.24],
  ['respiratory_rate', 'temperature', 0.15],
];

interface Targets {
  readonly mean: readonly [number, number];
  readonly sd: readonly [number, number];
  readonly within: readonly [number, number];
  readonly lag1h: number;
  readonly lag4h: number;
  readonly p1: readonly [number, number];
  readonly p99: readonly [number, number];
}

function targets(
  mean: number,
  meanNear: number,
  sd: number,
  sdNear: number,
  within: number,
  withinNear: number,
  lag1h: number,
  lag4h: number,
  p1: number,
  p99: number,
  tailNear: number,
): Targets {
  return {
    mean: [mean, meanNear],
    sd: [sd, sdNear],
    within: [within, withinNear],
    lag1h,
    lag4h,
    p1: [p1, tailNear],
    p99: [p99, tailNear],
  };
}

function expectNear(value: number, [target, near]: readonly [number, number]): void {
  expect(value).toBeGreaterThan(target - near);
  expect(value).toBeLessThan(target + near);
}

/** A patient's series of a vital: NaN where it is missing or an artefact. */
type Series = readonly number[];

function seriesOf(readings: readonly WireReading[], vital: Vital): Series[] {
  const patients = new Map<string, number[]>();
  for (const reading of readings) {
    const series = patients.get(reading.patient_id) ?? [];
    patients.set(reading.patient_id, series);
    series.push(plausible(vital, reading[vital]));
  }
  return [...patients.values()];
}

/** As the reference was computed: what is out of these ranges is no measurement. */
const PLAUSIBLE: Readonly<Record<Vital, readonly [number, number]>> = {
  heart_rate: [20, 250],
  respiratory_rate: [3, 70],
  temperature: [30, 43],
  systolic_bp: [40, 260],
  diastolic_bp: [20, 160],
};

function plausible(vital: Vital, value: number | null): number {
  const [low, high] = PLAUSIBLE[vital];
  return value === null || value < low || value > high ? Number.NaN : value;
}

function present(series: Series): number[] {
  return series.filter((value) => !Number.isNaN(value));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function sd(values: readonly number[]): number {
  const centre = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - centre) ** 2)));
}

function quantile(values: readonly number[], share: number): number {
  return [...values].sort((a, b) => a - b)[Math.floor(share * (values.length - 1))] as number;
}

function centred(series: Series): number[] {
  const centre = mean(present(series));
  return series.map((value) => value - centre);
}

/** Pooled within patients. */
function autocorrelation(all: readonly Series[], lag: number): number {
  const within = all.map(centred);
  const products = within.flatMap((series) => series.slice(lag).map((value, at) => value * (series[at] as number)));
  return mean(present(products)) / mean(present(within.flatMap((series) => series.map((value) => value * value))));
}

/** Pooled within patients, where both are present. */
function correlation(a: readonly Series[], b: readonly Series[]): number {
  const x = a.flatMap(centred);
  const y = b.flatMap(centred);
  const both = x.map((value, at) => [value, y[at] as number] as const).filter(([p, q]) => !Number.isNaN(p + q));
  const sum = (of: (pair: readonly [number, number]) => number): number => mean(both.map(of));
  return sum(([p, q]) => p * q) / Math.sqrt(sum(([p]) => p * p) * sum(([, q]) => q * q));
}

/** Rise of one vital per unit of another over all readings. */
function slope(readings: readonly WireReading[], of: Vital, on: Vital): number {
  const pairs = readings
    .map((reading) => [plausible(on, reading[on]), plausible(of, reading[of])] as const)
    .filter(([x, y]) => !Number.isNaN(x + y));
  const centreX = mean(pairs.map(([x]) => x));
  const centreY = mean(pairs.map(([, y]) => y));
  return mean(pairs.map(([x, y]) => (x - centreX) * (y - centreY))) / mean(pairs.map(([x]) => (x - centreX) ** 2));
}

describe('physiology', () => {
  let people: Patient[] = [];
  let icu: WireReading[] = [];
  let byVital: Record<Vital, Series[]>;
  let wards: WireReading[] = [];

  beforeAll(() => {
    people = createPatients('test', 2000);
    const intensive = people.filter((each) => each.age >= 18).slice(0, 300);
    icu = parsed(
      simulated({
        people: intensive.map((each) => ({ ...each, ward: 'ICU' })),
        to: FROM + 2 * DAY,
        intervalMs: HOUR,
      }).lines,
    );
    byVital = Object.fromEntries(VITALS.map((vital) => [vital, seriesOf(icu, vital)])) as typeof byVital;
    const general = people.filter((each) => !['ICU', 'HDU', 'ED'].includes(each.ward));
    wards = parsed(simulated({ people: general.slice(0, 500), to: FROM + DAY, intervalMs: 5 * MINUTE }).lines);
  });

  test.each(VITALS)('ICU %s has the mean, the spread and the tails of PhysioNet 2012', (vital) => {
    const values = present(byVital[vital].flat());
    expectNear(mean(values), ICU[vital].mean);
    expectNear(sd(values), ICU[vital].sd);
    expectNear(quantile(values, 0.01), ICU[vital].p1);
    expectNear(quantile(values, 0.99), ICU[vital].p99);
  });

  test.each(VITALS)('ICU %s varies and remembers within a patient as in PhysioNet 2012', (vital) => {
    expectNear(
      quantile(
        byVital[vital].map((series) => sd(present(series))),
        0.5,
      ),
      ICU[vital].within,
    );
    expectNear(autocorrelation(byVital[vital], 1), [ICU[vital].lag1h, NEAR]);
    expectNear(autocorrelation(byVital[vital], 4), [ICU[vital].lag4h, NEAR]);
  });

  test.each(CORRELATIONS)('ICU %s goes with %s within a patient by %d', (a, b, target) => {
    expectNear(correlation(byVital[a], byVital[b]), [target, NEAR]);
  });

  test('a degree more is 5.4 to 7.2 heart beats and 1.2 to 1.4 breaths a minute more, give or take a standard error', () => {
    const adults = people.filter((each) => each.age >= 18).map((each) => ({ ...each, ward: 'ICU' }));
    const readings = parsed(simulated({ people: adults, to: FROM + 2 * DAY, intervalMs: 12 * HOUR }).lines);
    expectNear(slope(readings, 'heart_rate', 'temperature'), [6.3, 0.9 + 0.3]);
    expectNear(slope(readings, 'respiratory_rate', 'temperature'), [1.3, 0.1 + 0.1]);
  });

  test('autocorrelation depends on time, not on the number of steps between', () => {
    const fine = parsed(
      simulated({
        people: people.slice(0, 300).map((each) => ({ ...each, ward: 'ICU' })),
        to: FROM + DAY,
        intervalMs: 10 * MINUTE,
        scenario: { kind: 'none', share: 0 },
      }).lines,
    );
    const coarse = parsed(
      simulated({
        people: people.slice(300, 600).map((each) => ({ ...each, ward: 'ICU' })),
        to: FROM + DAY,
        intervalMs: HOUR,
        scenario: { kind: 'none', share: 0 },
      }).lines,
    );
    for (const vital of VITALS) {
      const fromFine = autocorrelation(seriesOf(fine, vital), 6);
      expectNear(autocorrelation(seriesOf(coarse, vital), 1), [fromFine, 0.06]);
    }
  });

  test('wards are warmest between 18 and 20 and coldest between 6 and 8', () => {
    const hours = Array.from({ length: 24 }, () => [] as number[]);
    for (const reading of wards) {
      const value = plausible('temperature', reading.temperature);
      if (!Number.isNaN(value)) hours[new Date(reading.event_time).getUTCHours()]?.push(value);
    }
    const means = hours.map(mean);
    expect([17, 18, 19, 20]).toContain(means.indexOf(Math.max(...means)));
    expect([5, 6, 7, 8]).toContain(means.indexOf(Math.min(...means)));
    expectNear(Math.max(...means) - Math.min(...means), [0.56, 0.12]);
  });

  test('pressure in sleep is 11/8 mmHg lower on the wards', () => {
    const at = (from: number, to: number, vital: Vital): number =>
      mean(
        present(
          wards
            .filter(
              ({ event_time }) => Number(event_time.slice(11, 13)) >= from && Number(event_time.slice(11, 13)) < to,
            )
            .map((reading) => plausible(vital, reading[vital])),
        ),
      );
    expectNear(at(10, 22, 'systolic_bp') - at(1, 5, 'systolic_bp'), [11, 1.5]);
    expectNear(at(10, 22, 'diastolic_bp') - at(1, 5, 'diastolic_bp'), [8, 1.5]);
  });

  test('saturation on the wards has median 98 and quartiles 97 and 99, give or take 1', () => {
    const values = wards.map((each) => each.spo2 ?? 0).filter((value) => value >= 50 && value <= 100);
    expect(quantile(values, 0.5)).toBe(98);
    expectNear(quantile(values, 0.25), [97, 1.1]);
    expectNear(quantile(values, 0.75), [99, 1.1]);
  });

  test('about one ward patient in ten reaches NEWS2 of 5 in a day', () => {
    const byId = new Map(people.map((each) => [each.patient_id, each]));
    const worst = new Map<string, number>();
    for (const reading of wards) {
      const patient = byId.get(reading.patient_id) as Patient;
      if (VITALS.some((vital) => Number.isNaN(plausible(vital, reading[vital]))) || (reading.spo2 ?? 0) < 50) continue;
      const score = lowOf(packNews2({ ...reading, spo2_scale: patient.spo2_scale, age: patient.age, pregnant: false }));
      worst.set(reading.patient_id, Math.max(worst.get(reading.patient_id) ?? 0, score ?? 0));
    }
    const share = [...worst.values()].filter((score) => score >= 5).length / worst.size;
    expectNear(share, [0.1, 0.04]);
  });

  test('the squares of the loadings on each vital sum to 1', () => {
    for (const vital of ['heart_rate', 'respiratory_rate', 'systolic_bp', 'diastolic_bp', 'spo2'] as const) {
      const fever = vital === 'heart_rate' || vital === 'respiratory_rate' ? FEVER_LOADINGS[vital] : 0;
      const sum = FACTORS.reduce((total, factor) => total + factor[vital] ** 2, fever ** 2);
      expect(Math.abs(sum - 1)).toBeLessThan(0.02);
    }
  });

  test('temperature keeps variance 1 at any step, from a millisecond to a day', () => {
    for (const hours of [1 / 3_600_000, 1 / 3600, 1 / 477, 1 / 475, 1 / 60, 1, 24]) {
      const { fever } = factorStep(hours);
      const level = fever.levelFromLevel ** 2 + fever.levelFromSlope ** 2 + fever.levelNoise ** 2;
      const slopeVariance =
        fever.levelFromSlope ** 2 + fever.slopeFromSlope ** 2 + fever.slopeSharedNoise ** 2 + fever.slopeOwnNoise ** 2;
      const together =
        fever.levelFromSlope * (fever.slopeFromSlope - fever.levelFromLevel) +
        fever.levelNoise * fever.slopeSharedNoise;
      expect(Math.abs(level - 1)).toBeLessThan(1e-6);
      expect(Math.abs(slopeVariance - 1)).toBeLessThan(1e-4);
      expect(Math.abs(together)).toBeLessThan(1e-6);
    }
  });

  const reference = new URL('../../../shared/reference/physiology/physionet2012_autocorrelation.csv', import.meta.url);
  (existsSync(reference) ? test : test.skip)('the autocorrelations asked for are those of the reference data', () => {
    const rows = readFileSync(reference, 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.split(','));
    const names = {
      HR: 'heart_rate',
      RR: 'respiratory_rate',
      Temp: 'temperature',
      SBP: 'systolic_bp',
      DBP: 'diastolic_bp',
    };
    const column = (name: string): number => (rows[0] as string[]).indexOf(name);
    for (const [short, vital] of Object.entries(names) as [string, Vital][]) {
      const row = rows.find(([name]) => name === short) as string[];
      expect(Number(row[column('within_lag1h')])).toBeCloseTo(ICU[vital].lag1h, 1);
      expect(Number(row[column('within_lag4h')])).toBeCloseTo(ICU[vital].lag4h, 1);
    }
  });
});
