import { describe, expect, test } from '@jest/globals';
import { isHeldOut, splitRows } from '../../model/split-rows.js';

const IDS = Array.from({ length: 200 }, (_, i) => `patient ${i}`);
const HOURS = 50;
const SERIES = {
  patients: Uint32Array.from({ length: IDS.length * HOURS }, (_, row) => row % IDS.length),
  times: Float64Array.from({ length: IDS.length * HOURS }, (_, row) => Math.floor(row / IDS.length) * 3_600_000),
};

describe('a split by patient and time', () => {
  const { train, heldOut, record } = splitRows(SERIES, IDS, 0.2);
  const patientsOf = (rows: Uint32Array) => new Set(Array.from(rows, (row) => SERIES.patients[row]!));
  const timesOf = (rows: Uint32Array) => Array.from(rows, (row) => SERIES.times[row]!);

  test('has no patient in both parts, and no time', () => {
    const [learned, tested] = [patientsOf(train), patientsOf(heldOut)];
    for (const patient of tested) expect(learned.has(patient)).toBe(false);
    expect(Math.max(...timesOf(train))).toBeLessThan(record.cut);
    expect(Math.min(...timesOf(heldOut))).toBeGreaterThanOrEqual(record.cut);
  });

  test('keeps out about the share that was asked for, and counts all rows', () => {
    expect(record.held_out.patients).toBeGreaterThan(20);
    expect(record.held_out.patients).toBeLessThan(60);
    expect(record.train.patients + record.held_out.patients).toBe(IDS.length);
    expect(record).toMatchObject({ holdout: 0.2, cut: 0.8 * 49 * 3_600_000 });
    expect(train.length + heldOut.length + record.neither_rows).toBe(SERIES.times.length);
    expect([record.train.rows, record.held_out.rows]).toEqual([train.length, heldOut.length]);
  });

  test('chooses a patient by the id alone, whoever else is there', () => {
    const others = splitRows(SERIES, IDS.toReversed(), 0.2);
    const named = (rows: Uint32Array, ids: readonly string[]) =>
      [...patientsOf(rows)].map((patient) => ids[patient]!).sort();
    expect(named(others.heldOut, IDS.toReversed())).toEqual(named(heldOut, IDS));
    expect(IDS.filter((id) => isHeldOut(id, 0.2)).sort()).toEqual(named(heldOut, IDS));
  });

  test.each([0, -0.1, 0.51, NaN])('refuses a share of %f', (holdout) => {
    expect(() => splitRows(SERIES, IDS, holdout)).toThrow(/--holdout/);
  });

  test('refuses where one of the parts is empty', () => {
    const one = { patients: Uint32Array.of(0, 0), times: Float64Array.of(0, 1) };
    expect(() => splitRows(one, ['only'], 0.2)).toThrow(/--holdout: of 1 patients/);
  });
});
