import { join } from 'node:path';
import { conditionsOf, PREGNANCY } from './condition-codes.js';
import { readTable, unusable } from './export-table.js';
import { LastMeasurements, MEASURED_CODES } from './last-measurements.js';
import type { SyntheaPerson } from './person.js';

interface Found {
  readonly name: string;
  readonly birth_date: string;
  readonly sex: 'female' | 'male';
  readonly conditions: Set<string>;
  readonly measured: LastMeasurements;
  pregnant: boolean;
}

/**
 * Reads the people of a Synthea CSV export who are alive at a time: patients.csv, their conditions that have not stopped
 * (conditions.csv), and the last measurements of their vital signs (observations.csv), each record by record, so that memory
 * grows with the people and not with their visits.
 *
 * @param aliveAt epoch ms
 * @returns in the order of the export
 * @throws ConfigurationError naming --synthea and the file
 */
export async function readExport(folder: string, aliveAt: number): Promise<SyntheaPerson[]> {
  const people = await readPeople(folder, aliveAt);
  await readTable(folder, 'conditions.csv', ['STOP', 'PATIENT', 'CODE'], ({ STOP, PATIENT, CODE }) => {
    const person = people.get(PATIENT);
    if (person === undefined || STOP !== '') return;
    if (CODE === PREGNANCY) person.pregnant = true;
    for (const name of conditionsOf(CODE)) person.conditions.add(name);
  });
  await readTable(
    folder,
    'observations.csv',
    ['DATE', 'PATIENT', 'CODE', 'VALUE'],
    ({ DATE, PATIENT, CODE, VALUE }) => {
      const vital = MEASURED_CODES.get(CODE);
      const value = VALUE.trim() === '' ? Number.NaN : Number(VALUE);
      if (vital !== undefined && Number.isFinite(value)) people.get(PATIENT)?.measured.add(vital, DATE, value);
    },
  );
  return [...people].map(([id, { conditions, measured, ...rest }]) => ({
    id,
    ...rest,
    conditions: [...conditions].sort(),
    vitals: measured.means(),
  }));
}

async function readPeople(folder: string, aliveAt: number): Promise<Map<string, Found>> {
  const people = new Map<string, Found>();
  const columns = ['Id', 'BIRTHDATE', 'DEATHDATE', 'FIRST', 'LAST', 'GENDER'] as const;
  const file = join(folder, 'patients.csv');
  await readTable(folder, 'patients.csv', columns, ({ Id, BIRTHDATE, DEATHDATE, FIRST, LAST, GENDER }, line) => {
    const born = dateOf(BIRTHDATE);
    const died = DEATHDATE === '' ? Infinity : dateOf(DEATHDATE);
    if (born === null || died === null) throw unusable(file, `line ${line} has a date that is none`);
    if (!/^[A-Za-z0-9._-]{1,64}$/.test(Id)) throw unusable(file, `line ${line} has an Id that is none`);
    if (people.has(Id)) throw unusable(file, `line ${line} has the Id of another line`);
    if (died <= aliveAt || born > aliveAt) return;
    people.set(Id, {
      name: `${nameOf(FIRST)} ${nameOf(LAST)}`,
      birth_date: BIRTHDATE.slice(0, 10),
      sex: GENDER === 'F' ? 'female' : 'male',
      conditions: new Set(),
      measured: new LastMeasurements(),
      pregnant: false,
    });
  });
  return people;
}

/** Epoch ms of an ISO date (what stands behind it is left out), null when it is none. */
function dateOf(text: string): number | null {
  const date = text.slice(0, 10);
  const time = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== date ? null : time;
}

/** Synthea puts a number behind every name, so that nobody takes it for a real one. */
function nameOf(text: string): string {
  return text.replace(/\d+/g, '').trim();
}
