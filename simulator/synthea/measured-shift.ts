import { CONDITIONS } from '../conditions.js';
import type { MeasuredShift, MeasuredVital, SyntheaPerson } from './person.js';

/** The most that a person's own measurements shift a vital either way: about the spread of healthy adults. Plausible. */
const BOUNDS: Readonly<Record<MeasuredVital, number>> = {
  heart_rate: 15,
  respiratory_rate: 3,
  systolic_bp: 25,
  diastolic_bp: 12,
  glucose: 60,
};

const VITALS = Object.keys(BOUNDS) as MeasuredVital[];

/** People of one age band are compared with each other, for age shifts the baseline already (baseline.ts). */
const BAND_YEARS = 10;

/**
 * How far each person's usual vital signs are from those of people of their age and conditions: the difference from the mean of
 * their age band, after what their conditions account for (conditions.ts) is taken off both, within {@link BOUNDS}.
 *
 * @param ageOf years, of a person
 * @returns in the order of the people
 */
export function measuredShifts(
  people: readonly SyntheaPerson[],
  ageOf: (person: SyntheaPerson) => number,
): MeasuredShift[] {
  const bandOf = (person: SyntheaPerson): number => Math.floor(ageOf(person) / BAND_YEARS);
  const sums = new Map<string, { sum: number; count: number }>();
  for (const person of people) {
    for (const vital of VITALS) {
      const own = unexplained(person, vital);
      if (own === null) continue;
      const key = `${bandOf(person)} ${vital}`;
      const total = sums.get(key) ?? { sum: 0, count: 0 };
      sums.set(key, { sum: total.sum + own, count: total.count + 1 });
    }
  }
  return people.map((person) => {
    const shift: Partial<Record<MeasuredVital, number>> = {};
    for (const vital of VITALS) {
      const own = unexplained(person, vital);
      const band = sums.get(`${bandOf(person)} ${vital}`);
      if (own !== null && band !== undefined) shift[vital] = bounded(own - band.sum / band.count, BOUNDS[vital]);
    }
    return shift;
  });
}

function unexplained({ vitals, conditions }: SyntheaPerson, vital: MeasuredVital): number | null {
  const value = vitals[vital];
  if (value === undefined) return null;
  return CONDITIONS.reduce(
    (rest, { name, shift }) => (conditions.includes(name) ? rest - (shift[vital] ?? 0) : rest),
    value,
  );
}

function bounded(value: number, bound: number): number {
  return Math.min(bound, Math.max(-bound, value));
}
