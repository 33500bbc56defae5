import { ConfigurationError } from '../../schema/errors.js';
import { CONDITIONS, COPD } from '../conditions.js';
import { HYPERCAPNIC, REFERENCE_DATE, type Patient } from '../patients.js';
import { Random, weightedChoice } from '../random.js';
import { BedBoard } from '../stays/bed-board.js';
import type { People } from '../stays/stay.js';
import { WARDS, type Ward } from '../wards.js';
import { measuredShifts } from './measured-shift.js';
import type { SyntheaPerson } from './person.js';

const YEAR = 365.25 * 86_400_000;

/** A person with all that is known but where they lie. */
type Candidate = Omit<Patient, 'number' | 'ward' | 'bed' | 'device_id'>;

/**
 * The people of a Synthea export in an order that the seed shuffles: the first of them lie in the hospital at the start,
 * the others come later, and those who went home come again after them. Nobody lies on a ward that does not take them.
 */
export class SyntheaPeople implements People {
  readonly initial: readonly Patient[];
  private readonly queue: Candidate[];
  private last: number;

  /**
   * @param count patients in the hospital at a time
   * @param spare whether somebody must be left to come
   * @throws ConfigurationError when the export has too few people
   */
  constructor(people: readonly SyntheaPerson[], seed: string, count: number, spare: boolean) {
    const candidates = candidatesOf(people, seed);
    requireEnough(candidates.length, count + (spare ? 1 : 0));
    const board = new BedBoard([], 0);
    this.initial = candidates.slice(0, count).map((candidate, at) => {
      const number = at + 1;
      const ward = drawWard(candidate, new Random(seed, number, 'ward'));
      return { ...candidate, number, ...board.take(ward, 0) };
    });
    this.queue = candidates.slice(count);
    this.last = count;
  }

  get waiting(): number {
    return this.queue.length;
  }

  /** The first in the queue whom the ward takes; if there is none, the first, on the first ward that takes them. */
  admit(ward: string): Patient {
    const wanted = WARDS.find(({ code }) => code === ward);
    const fitting = this.queue.findIndex((each) => wanted !== undefined && takes(wanted, each));
    const [candidate] = this.queue.splice(Math.max(0, fitting), 1);
    if (candidate === undefined) throw new Error('simulator: nobody is left to come');
    const actual = fitting >= 0 ? ward : (WARDS.find((each) => takes(each, candidate)) as Ward).code;
    return { ...candidate, number: ++this.last, ward: actual, bed: '', device_id: '' };
  }

  discharge(patient: Patient, outcome: 'home' | 'died'): void {
    if (outcome === 'home') this.queue.push(patient);
  }
}

function candidatesOf(people: readonly SyntheaPerson[], seed: string): Candidate[] {
  const shifts = measuredShifts(people, ageOf);
  return people
    .map((person, at) => ({ person, shift: shifts[at] ?? {}, random: new Random(seed, person.id, 'synthea') }))
    .map(({ person, shift, random }) => ({
      order: random.uniform(),
      candidate: candidateOf(person, shift, random),
    }))
    .filter(({ candidate }) => WARDS.some((ward) => takes(ward, candidate)))
    .sort((a, b) => a.order - b.order)
    .map(({ candidate }) => candidate);
}

function candidateOf(person: SyntheaPerson, shift: Patient['baseline'] & object, random: Random): Candidate {
  const { id, name, birth_date, sex, conditions } = person;
  const hypercapnic = random.uniform() < HYPERCAPNIC && conditions.includes(COPD);
  const age = Math.floor(ageOf(person));
  const { low, high } = (WARDS.find(({ code }) => code === 'MAT') as Ward).age;
  // A pregnancy that an export ended in goes on for as long as the patient could be pregnant.
  const pregnant = person.pregnant && sex === 'female' && age >= low && age <= high;
  return {
    patient_id: id,
    name,
    birth_date,
    age,
    sex,
    conditions,
    spo2_scale: hypercapnic ? 2 : 1,
    pregnant,
    baseline: shift,
  };
}

function ageOf({ birth_date }: SyntheaPerson): number {
  return (REFERENCE_DATE - Date.parse(birth_date)) / YEAR;
}

/** By age; and the pregnant lie on the maternity ward, where there are women only. */
function takes(ward: Ward, { age, sex, pregnant }: Candidate): boolean {
  if (pregnant) return ward.code === 'MAT';
  if (ward.code === 'MAT' && sex !== 'female') return false;
  return age >= ward.age.low && age <= ward.age.high;
}

/** A ward by its share, by how usual the age is there, and by the conditions that it treats. */
function drawWard(candidate: Candidate, random: Random): string {
  const weight = (ward: Ward): number => {
    if (!takes(ward, candidate)) return 0;
    const deviation = (candidate.age - ward.age.mean) / ward.age.sd;
    const usual = Math.exp(-0.5 * deviation * deviation) / ward.age.sd;
    const treated = CONDITIONS.filter(({ name }) => candidate.conditions.includes(name)).reduce(
      (product, { wards }) => product * (wards[ward.code] ?? 1),
      1,
    );
    return ward.share * usual * treated;
  };
  const open = WARDS.filter((ward) => takes(ward, candidate));
  return weightedChoice(open, weight, random.uniform()).code;
}

function requireEnough(available: number, wanted: number): void {
  if (available >= wanted) return;
  throw new ConfigurationError(
    '--patients',
    `needs ${wanted} people, and the export of --synthea has ${available} whom a ward takes`,
    'Ask for fewer patients, or export more people; with --turnover one more than patients is needed.',
  );
}
