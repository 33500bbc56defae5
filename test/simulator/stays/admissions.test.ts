import { describe, expect, test } from '@jest/globals';

import { Admissions } from '../../../simulator/stays/admissions.js';
import { stayRows } from '../../../simulator/stays/stay-rows.js';
import type { Move } from '../../../simulator/stays/stay.js';
import { SyntheticPeople } from '../../../simulator/stays/synthetic-people.js';
import { WARD_STAYS } from '../../../simulator/stays/ward-stays.js';
import { WARDS } from '../../../simulator/wards.js';
import { DAY, FROM, HOUR, parsed, simulated, type WireReading } from '../simulation.js';

const COUNT = 500;
const DAYS = 20;

function admissions(seed = 'test', turnover = 1, count = COUNT): Admissions {
  return new Admissions(new SyntheticPeople(seed, count), seed, FROM, turnover);
}

function movesOf(hospital: Admissions, until: number): Move[] {
  const moves: Move[] = [];
  while (hospital.nextTime < until) moves.push(...hospital.next());
  return moves;
}

const moves = movesOf(admissions(), FROM + DAYS * DAY);
const rows = stayRows(admissions(), FROM + DAYS * DAY);
const lasting = (time: number): typeof rows =>
  rows.filter((row) => row.valid_from <= time && (row.valid_to === null || row.valid_to > time));

describe('admissions, transfers and discharges', () => {
  test('destinations of each ward sum to 1, and are wards that exist', () => {
    const wards = WARDS.map(({ code }) => code);
    expect(Object.keys(WARD_STAYS).sort()).toEqual([...wards].sort());
    for (const { destinations } of Object.values(WARD_STAYS)) {
      expect(Object.values(destinations).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
      for (const name of Object.keys(destinations)) expect(['home', 'died', ...wards]).toContain(name);
    }
  });

  test('the same seed gives the same moves, in order of time; another seed others', () => {
    expect(movesOf(admissions(), FROM + DAY)).toEqual(moves.filter(({ time }) => time < FROM + DAY));
    expect(movesOf(admissions('other'), FROM + DAY)).not.toEqual(moves.filter(({ time }) => time < FROM + DAY));
    expect(moves.every(({ time }, at) => time >= (moves[at - 1]?.time ?? FROM))).toBe(true);
  });

  test('there are as many patients at any time, nobody twice and no bed twice', () => {
    for (let hour = 0; hour < DAYS * 24; hour += 13) {
      const there = lasting(FROM + hour * HOUR + 1);
      expect(there).toHaveLength(COUNT);
      expect(new Set(there.map(({ patient_id }) => patient_id)).size).toBe(COUNT);
      expect(new Set(there.map(({ bed }) => bed)).size).toBe(COUNT);
      expect(new Set(there.map(({ device_id }) => device_id)).size).toBe(COUNT);
    }
  });

  test('every ward keeps near its share of the patients', () => {
    for (const day of [5, 10, 19.9]) {
      const there = lasting(FROM + day * DAY);
      for (const { code, share } of WARDS) {
        const found = there.filter(({ ward }) => ward === code).length;
        expect(Math.abs(found - share * COUNT)).toBeLessThan(5 * Math.sqrt(share * COUNT));
      }
    }
  });

  test('stays are as long as the table says: medians by and large', () => {
    for (const [ward, { medianHours }] of Object.entries(WARD_STAYS)) {
      // Of those who came in the first days nearly all have left by the end.
      const begun = rows.filter(
        (row) => row.ward === ward && row.valid_from > FROM && row.valid_from < FROM + 10 * DAY,
      );
      const lengths = begun.map((row) => (row.valid_to ?? Infinity) - row.valid_from).sort((a, b) => a - b);
      expect(lengths.length).toBeGreaterThan(50);
      const median = (lengths[Math.floor(lengths.length / 2)] as number) / HOUR;
      expect(Math.abs(Math.log(median / medianHours))).toBeLessThan(0.35);
    }
  });

  test('at the start the hospital is occupied: stays are under way, the long ones more often', () => {
    const first = rows.filter(({ valid_from }) => valid_from <= FROM);
    expect(first).toHaveLength(COUNT);
    const medical = first.filter(({ ward }) => ward === 'MED');
    const elapsed = medical.map(({ valid_from }) => (FROM - valid_from) / HOUR);
    const mean = elapsed.reduce((sum, hours) => sum + hours, 0) / elapsed.length;
    // Half the mean of the length-biased log-normal: 108 h exp(1.5 x 0.64) / 2 = 141 h.
    expect(mean).toBeGreaterThan(100);
    expect(mean).toBeLessThan(190);
  });

  test('a bed that is left is empty for an hour at least, then somebody else gets it', () => {
    const byBed = new Map<string, typeof rows>();
    for (const row of rows) byBed.set(row.bed ?? '', [...(byBed.get(row.bed ?? '') ?? []), row]);
    let used = 0;
    for (const stays of byBed.values()) {
      for (const [at, next] of stays.entries()) {
        const before = stays[at - 1];
        if (before === undefined) continue;
        used++;
        expect(next.valid_from - (before.valid_to as number)).toBeGreaterThanOrEqual(HOUR);
        expect(next.device_id).toBe(before.device_id);
      }
    }
    expect(used).toBeGreaterThan(500);
  });

  test('a transferred patient is the same person in a bed of another ward, without a gap', () => {
    const transfers = moves.filter(({ kind }) => kind === 'transfer');
    expect(transfers.length).toBeGreaterThan(150);
    for (const { patient, before } of transfers) {
      expect(patient.ward).not.toBe(before?.ward);
      expect(patient.bed.startsWith(`${patient.ward}-`)).toBe(true);
      expect({ ...patient, ward: '', bed: '', device_id: '' }).toEqual({ ...before, ward: '', bed: '', device_id: '' });
    }
    const [sample] = transfers as [Move];
    const stays = rows.filter(({ patient_id }) => patient_id === sample.patient.patient_id);
    expect(stays.length).toBeGreaterThan(1);
    for (const [at, stay] of stays.entries()) if (at > 0) expect(stay.valid_from).toBe(stays[at - 1]?.valid_to);
  });

  test('a turnover of 10 is ten times as many moves', () => {
    const slow = movesOf(admissions('test', 1, 300), FROM + 10 * DAY).length;
    const fast = movesOf(admissions('test', 10, 300), FROM + DAY).length;
    expect(Math.abs(Math.log(fast / slow))).toBeLessThan(0.05);
  });

  test('only grown-ups are moved to a ward for grown-ups', () => {
    const limits = new Map(WARDS.map(({ code, age }) => [code, age]));
    for (const { patient } of moves) {
      expect(patient.age).toBeGreaterThanOrEqual(limits.get(patient.ward)?.low ?? 0);
      expect(patient.age).toBeLessThanOrEqual(limits.get(patient.ward)?.high ?? 0);
    }
  });
});

describe('a simulation with turnover', () => {
  const seed = 'test';
  const hospital = (): Admissions => admissions(seed, 20, 60);
  const run = simulated({ admissions: hospital(), seed, to: FROM + 6 * HOUR, intervalMs: 300_000 }, 60);
  const readings = parsed(run.lines);
  const stays = stayRows(hospital(), FROM + 6 * HOUR);

  test('every interval has a reading of every patient who is there, and as many as without', () => {
    expect(readings).toHaveLength(60 * 72);
    expect(new Set(readings.map(({ patient_id }) => patient_id)).size).toBeGreaterThan(100);
  });

  test('each reading carries the ward, bed and monitor of the stay that covers its time', () => {
    const stayOf = ({ patient_id, event_time }: WireReading): unknown =>
      stays.find(
        (stay) =>
          stay.patient_id === patient_id &&
          stay.valid_from <= Date.parse(event_time) &&
          (stay.valid_to === null || stay.valid_to > Date.parse(event_time)),
      );
    for (const reading of readings) {
      const { ward, bed, device_id } = reading;
      expect(stayOf(reading)).toMatchObject({ ward, bed, device_id });
    }
  });

  test('the ground truth tells every move, and who was there before the start', () => {
    const lines = run.labels as unknown as { type: string; kind: string; time: string; from_ward?: string }[];
    const labelled = lines.filter(({ type }) => type === 'stay');
    const since = labelled.filter(({ time }) => Date.parse(time) <= FROM);
    const kinds = (kind: string): number => labelled.slice(since.length).filter((line) => line.kind === kind).length;
    expect(since).toHaveLength(60);
    const { admission, transfer, discharge } = run.hospital.moves;
    expect([kinds('admission'), kinds('transfer'), kinds('discharge')]).toEqual([admission, transfer, discharge]);
    expect(admission).toBe(discharge);
    expect(transfer).toBeGreaterThan(5);
    expect(labelled.filter((line) => (line.kind === 'transfer') !== (line.from_ward !== undefined))).toEqual([]);
  });

  test('without turnover nothing of it is in messages or ground truth', () => {
    const still = simulated({ seed, to: FROM + HOUR }, 10);
    expect(still.labels.filter((label) => (label.type as string) === 'stay')).toEqual([]);
    expect(still.hospital.moves).toEqual({ admission: 0, transfer: 0, discharge: 0 });
  });
});
