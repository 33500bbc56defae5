import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';

import { ConfigurationError } from '../../../schema/errors.js';
import { CONDITIONS, COPD, DIABETES } from '../../../simulator/conditions.js';
import { conditionsOf, MAPPED_CONDITIONS } from '../../../simulator/synthea/condition-codes.js';
import { readCsv } from '../../../simulator/synthea/csv-records.js';
import { measuredShifts } from '../../../simulator/synthea/measured-shift.js';
import type { SyntheaPerson } from '../../../simulator/synthea/person.js';
import { readExport } from '../../../simulator/synthea/read-export.js';
import { SyntheaPeople } from '../../../simulator/synthea/synthea-people.js';
import { Admissions } from '../../../simulator/stays/admissions.js';
import { stayRows } from '../../../simulator/stays/stay-rows.js';
import { planSimulation } from '../../../simulator/plan.js';
import { runSimulation } from '../../../simulator/run.js';
import { WARDS } from '../../../simulator/wards.js';
import { DAY, FROM, HOUR, parsed, simulated } from '../simulation.js';

const EXPORT = join(import.meta.dirname, 'export');
const REFERENCE = resolve('../shared/reference/synthea');
const NEVER = new AbortController().signal;

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'synthea-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function recordsOf(text: string): Promise<string[][]> {
  const file = join(folder, 'table.csv');
  writeFileSync(file, text);
  const records: string[][] = [];
  for await (const block of readCsv(file)) records.push(...block.map(({ fields }) => [...fields]));
  return records;
}

describe('CSV as Synthea exports it', () => {
  test.each<[string, string, string[][]]>([
    [
      'plain lines',
      'a,b\n1,2\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'CRLF, and no line end at the end',
      'a,b\r\n1,2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'a byte order mark',
      '\uFEFFa,b\n1,2\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'commas, quotes and line breaks in quotes',
      'a,b\n"1,""x""\r\ny",2\n',
      [
        ['a', 'b'],
        ['1,"x"\r\ny', '2'],
      ],
    ],
    [
      'empty fields',
      ',\n"",\n,""\n',
      [
        ['', ''],
        ['', ''],
        ['', ''],
      ],
    ],
    ['blank lines', 'a\n\n\r\n1\n', [['a'], ['1']]],
    [
      'a quoted field last, with CRLF',
      '1,"2"\r\n3,4\r\n',
      [
        ['1', '2'],
        ['3', '4'],
      ],
    ],
  ])('%s are read', async (_name, text, expected) => {
    expect(await recordsOf(text)).toEqual(expected);
  });

  test('records that lie across pieces of the file are whole', async () => {
    const rows = Array.from({ length: 20_000 }, (_, at) => [String(at), `${'x'.repeat(at % 50)},\n"${at}"`]);
    const text = rows.map(([first, second]) => `${first},"${(second as string).replaceAll('"', '""')}"`).join('\r\n');
    expect(await recordsOf(text)).toEqual(rows);
  });

  test('a quote that is never closed is refused with its line', async () => {
    await expect(recordsOf('a,b\n1,"2\n3,4\n')).rejects.toThrow('the quote in line 2 is never closed');
    await expect(recordsOf(`a\n"${'x\n'.repeat(800_000)}`)).rejects.toThrow('line 2 never ends');
  });
});

describe('people of an export', () => {
  let people: readonly SyntheaPerson[] = [];
  const named = (id: string): SyntheaPerson => people.find((each) => each.id === id) as SyntheaPerson;

  beforeAll(async () => {
    people = await readExport(EXPORT, FROM);
  });

  test('are those who are alive, with names, birth date and sex', () => {
    expect(people.map(({ id }) => id)).not.toContain('a-man-who-died');
    expect(people).toHaveLength(7);
    expect(named('a-woman-of-80')).toMatchObject({ name: 'Ada Müller', birth_date: '1945-06-01', sex: 'female' });
    expect(people.every(({ name }) => !/\d/.test(name))).toBe(true);
  });

  test('have the conditions that last, by their codes', () => {
    expect(named('a-woman-of-80').conditions).toEqual(['chronic kidney disease', 'hypertension', DIABETES]);
    expect(named('a-man-of-70').conditions).toEqual([COPD]);
    expect(named('a-pregnant-woman')).toMatchObject({ conditions: [], pregnant: true });
  });

  test('every mapped condition is one of the simulator, and an unknown code is none', () => {
    const names = CONDITIONS.map(({ name }) => name);
    for (const name of MAPPED_CONDITIONS) expect(names).toContain(name);
    expect(conditionsOf('40055000')).toEqual([]);
  });

  test('have the mean of the last three measurements of a vital, whatever the order of the file', () => {
    expect(named('a-man-of-70').vitals).toEqual({ heart_rate: 80, systolic_bp: 190 });
    expect(named('a-girl-of-10').vitals).toEqual({});
  });

  test('their measurements shift the baseline by the difference from their age, their conditions apart, within bounds', () => {
    const shifts = measuredShifts(people, ({ birth_date }) => 2026 - Number(birth_date.slice(0, 4)));
    const shiftOf = (id: string): unknown => shifts[people.indexOf(named(id))];
    const copd = CONDITIONS.find(({ name }) => name === COPD)?.shift.heart_rate ?? 0;
    // 80 less what COPD does, and 65: half the difference either way.
    const half = (80 - copd - 65) / 2;
    expect(shiftOf('a-man-of-70')).toEqual({ heart_rate: half, systolic_bp: 25 });
    expect(shiftOf('another-man-of-70')).toEqual({ heart_rate: -half, systolic_bp: -25 });
    expect(shiftOf('a-girl-of-10')).toEqual({});
  });

  test('lie on wards that take them: the pregnant on maternity, nobody below five', () => {
    for (const seed of ['1', '2', '3', '4', '5', '6']) {
      const { initial } = new SyntheaPeople(people, seed, 6, false);
      expect(initial.map(({ patient_id }) => patient_id)).not.toContain('a-baby');
      for (const { ward, bed, age, sex, pregnant } of initial) {
        const limits = WARDS.find(({ code }) => code === ward)?.age;
        expect(age >= (limits?.low ?? 0) && age <= (limits?.high ?? 0)).toBe(true);
        expect(bed.startsWith(`${ward}-`)).toBe(true);
        if (pregnant) expect(ward).toBe('MAT');
        if (ward === 'MAT') expect(sex).toBe('female');
      }
    }
  });

  test('are drawn by the seed, each once; those who go home come again', () => {
    const of = (seed: string): string[] =>
      new SyntheaPeople(people, seed, 6, false).initial.map(({ patient_id }) => patient_id);
    expect(of('1')).toEqual(of('1'));
    expect(new Set(['1', '2', '3', '4'].map((seed) => of(seed).join())).size).toBeGreaterThan(1);
    expect(new Set(of('1')).size).toBe(6);
    const admissions = new Admissions(new SyntheaPeople(people, '1', 4, true), '1', FROM, 10);
    const rows = stayRows(admissions, FROM + 30 * DAY);
    const stays = new Map<string, number>();
    for (const { patient_id } of rows) stays.set(patient_id, (stays.get(patient_id) ?? 0) + 1);
    expect(Math.max(...stays.values())).toBeGreaterThan(2);
    for (let hour = 0; hour < 700; hour += 7) {
      const at = FROM + hour * HOUR;
      const there = rows.filter((row) => row.valid_from <= at && (row.valid_to === null || row.valid_to > at));
      expect(new Set(there.map(({ patient_id }) => patient_id)).size).toBe(4);
    }
  });

  test('a shift of the baseline is in the readings', () => {
    const { initial } = new SyntheaPeople(people, '1', 6, false);
    const mean = (shift: number): number => {
      const shifted = initial.map((patient) => ({ ...patient, baseline: { systolic_bp: shift } }));
      const scenario = { kind: 'none', share: 0 } as const;
      const { lines } = simulated({ people: shifted, scenario, to: FROM + DAY, intervalMs: 600_000, labels: false });
      const values = parsed(lines).flatMap(({ systolic_bp }) =>
        systolic_bp !== null && systolic_bp < 300 ? systolic_bp : [],
      );
      return values.reduce((sum, value) => sum + value, 0) / values.length;
    };
    expect(mean(20) - mean(0)).toBeGreaterThan(12);
  });
});

describe('an export that cannot be used', () => {
  const refusal = async (): Promise<ConfigurationError> => {
    const error: unknown = await readExport(folder, FROM).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ConfigurationError);
    return error as ConfigurationError;
  };
  const change = (file: string, edit: (text: string) => string): void =>
    writeFileSync(join(folder, file), edit(readFileSync(join(EXPORT, file), 'utf8')));

  beforeEach(() => cpSync(EXPORT, folder, { recursive: true }));

  test.each(['patients.csv', 'conditions.csv', 'observations.csv'])(
    'without %s is refused by its name',
    async (file) => {
      rmSync(join(folder, file));
      const { subject, message } = await refusal();
      expect(subject).toBe('--synthea');
      expect(message).toContain(`${join(folder, file)} cannot be used: there is no such file`);
      expect(message).toContain('unpacked');
    },
  );

  test.each([
    ['patients.csv', 'BIRTHDATE'],
    ['conditions.csv', 'CODE'],
    ['observations.csv', 'VALUE'],
  ])('a %s without the column %s is refused', async (file, column) => {
    change(file, (text) => text.replace(column, 'OTHER'));
    expect((await refusal()).message).toContain(`it has no column ${column}`);
  });

  test.each<[string, (text: string) => string, string]>([
    ['an empty file', () => '', 'it is empty'],
    ['a date that is none', (text) => text.replace('1945-06-01', '1945-02-30'), 'line 2 has a date that is none'],
    ['a line that ends early', (text) => `${text}short,1950-01-01\n`, 'ends before the column DEATHDATE'],
    ['an id twice', (text) => text.replace('a-baby', 'a-girl-of-10'), 'has the Id of another line'],
    ['an id that is none', (text) => text.replace('a-baby', '../a'), 'has an Id that is none'],
    ['a quote that stays open', (text) => `${text}"`, 'is never closed'],
  ])('%s is refused with its place', async (_name, edit, reason) => {
    change('patients.csv', edit);
    expect((await refusal()).message).toContain(reason);
  });

  test('CRLF changes nothing', async () => {
    for (const file of ['conditions.csv', 'observations.csv']) change(file, (text) => text.replaceAll('\n', '\r\n'));
    expect(await readExport(folder, FROM)).toEqual(await readExport(EXPORT, FROM));
  });

  test('more patients than the export has people are refused, by the flag', async () => {
    const sink = `file:${join(folder, 'landing')}`;
    const plan = planSimulation({ patients: 7, synthea: folder, sink }, false);
    await expect(runSimulation(plan, FROM, FROM + HOUR, NEVER)).rejects.toThrow(
      /^--patients: needs 7 people, .* has 6/,
    );
    const turning = planSimulation({ patients: 6, synthea: folder, turnover: 1, sink }, false);
    await expect(runSimulation(turning, FROM, FROM + HOUR, NEVER)).rejects.toThrow(/^--patients: needs 7 people/);
  });
});

(existsSync(REFERENCE) ? describe : describe.skip)('the export in ../shared/reference/synthea', () => {
  test('all of its people are read, with ids kept, and simulated (needs ../shared/reference/synthea)', async () => {
    for (const file of ['patients.csv', 'conditions.csv']) cpSync(join(REFERENCE, file), join(folder, file));
    writeFileSync(join(folder, 'observations.csv'), firstOfZip(readFileSync(join(REFERENCE, 'observations.zip'))));
    const people = await readExport(folder, FROM);
    // 1,171 people, 171 of them dead.
    expect(people).toHaveLength(1000);
    expect(people.filter(({ vitals }) => vitals.heart_rate === undefined)).toEqual([]);
    const share = (name: string): number => people.filter(({ conditions }) => conditions.includes(name)).length / 1000;
    expect(share('hypertension')).toBeGreaterThan(0.15);
    expect(share(DIABETES)).toBeGreaterThan(0.03);
    const { initial } = new SyntheaPeople(people, 'test', 800, true);
    const ids = new Set(people.map(({ id }) => id));
    expect(initial.filter(({ patient_id }) => !ids.has(patient_id))).toEqual([]);
    const { lines } = simulated({ people: initial, to: FROM + HOUR, intervalMs: HOUR, labels: false });
    expect(lines).toHaveLength(800);
  });
});

/** The first file of a zip archive: a local header of 30 bytes, a name and an extra field, then its deflated content. */
function firstOfZip(zip: Buffer): Buffer {
  return inflateRawSync(zip.subarray(30 + zip.readUInt16LE(26) + zip.readUInt16LE(28)));
}
