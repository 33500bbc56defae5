import { describe, expect, test } from '@jest/globals';

import { REFERENCE_PATIENTS } from '../../schema/tables/reference-patients.js';
import { COPD } from '../../simulator/conditions.js';
import { createPatients } from '../../simulator/patients.js';
import { renderPatients } from '../../simulator/patients-file.js';
import { WARDS } from '../../simulator/wards.js';
import { FROM, parsed } from './simulation.js';

const people = createPatients('test', 1500);

describe('patients', () => {
  test('the same seed gives the same people, another seed others', () => {
    expect(createPatients('test', 50)).toEqual(people.slice(0, 50));
    expect(createPatients('other', 50).map((each) => each.name)).not.toEqual(
      people.slice(0, 50).map((each) => each.name),
    );
  });

  test('more patients change none of those before', () => {
    expect(createPatients('test', 400).slice(0, 100)).toEqual(createPatients('test', 100));
  });

  test('wire ids, devices and beds are unique and have the form of the contract', () => {
    for (const [field, form] of [
      ['patient_id', /^P\d{6}$/],
      ['device_id', /^MON-\d{4,}$/],
      ['bed', /^[A-Z]+-\d{2,}$/],
    ] as const) {
      expect(new Set(people.map((each) => each[field])).size).toBe(people.length);
      expect(people.filter((each) => !form.test(each[field]))).toEqual([]);
    }
    expect(people.filter((each) => !each.bed.startsWith(`${each.ward}-`))).toEqual([]);
  });

  test('the shares of the wards sum to 1, and the hospital has them', () => {
    expect(WARDS.reduce((sum, ward) => sum + ward.share, 0)).toBeCloseTo(1, 12);
    for (const { code, share } of WARDS) {
      const found = people.filter((each) => each.ward === code).length / people.length;
      expect(Math.abs(found - share)).toBeLessThan(5 * Math.sqrt((share * (1 - share)) / people.length));
    }
  });

  test('only women on the maternity ward are pregnant, and some there are not', () => {
    const pregnant = people.filter((each) => each.pregnant);
    expect(pregnant.length).toBeGreaterThan(10);
    expect(pregnant.filter((each) => each.ward !== 'MAT' || each.sex !== 'female')).toEqual([]);
    expect(people.some((each) => each.ward === 'MAT' && !each.pregnant)).toBe(true);
  });

  test('scale 2 is for some of the patients with COPD and for nobody else', () => {
    const copd = people.filter((each) => each.conditions.includes(COPD));
    const scale2 = people.filter((each) => each.spo2_scale === 2);
    expect(scale2.length).toBeGreaterThan(10);
    expect(scale2.length).toBeLessThan(copd.length);
    expect(scale2.filter((each) => !copd.includes(each))).toEqual([]);
  });

  test('conditions are sorted and more frequent in the old', () => {
    expect(people.filter((each) => each.conditions.join() !== [...each.conditions].sort().join())).toEqual([]);
    const mean = (list: typeof people): number =>
      list.reduce((sum, each) => sum + each.conditions.length, 0) / list.length;
    expect(mean(people.filter((each) => each.age > 75))).toBeGreaterThan(
      1.3 * mean(people.filter((each) => each.age < 45)),
    );
  });

  test('a birth date agrees with the age', () => {
    for (const { birth_date, age } of people) {
      const years = (Date.UTC(2026, 0, 1) - Date.parse(birth_date)) / (365.25 * 86_400_000);
      expect(Math.abs(years - age - 0.5)).toBeLessThan(0.51);
    }
  });

  test('the patients file has exactly the columns of reference.patients, in their order', () => {
    const rows = parsed<Record<string, unknown>>(renderPatients(people.slice(0, 20), FROM).trimEnd().split('\n'));
    const columns = REFERENCE_PATIENTS.columns.map((column) => column.name);
    expect(rows).toHaveLength(20);
    for (const row of rows) {
      expect(Object.keys(row)).toEqual(columns);
      for (const column of REFERENCE_PATIENTS.columns) if (column.required) expect(row[column.name]).not.toBeNull();
      expect(row['valid_from']).toBe('2026-11-21T00:00:00.000Z');
      expect(Array.isArray(JSON.parse(String(row['conditions'])))).toBe(true);
    }
  });
});
