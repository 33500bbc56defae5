import { en, Faker } from '@faker-js/faker';

import { bedName, deviceName } from './bed-names.js';
import { CONDITIONS, COPD, prevalence } from './conditions.js';
import type { VitalShift } from './profiles.js';
import { Random, weightedChoice } from './random.js';
import { WARDS, wardOf, type Ward } from './wards.js';

/** A synthetic person and stay. Nobody real: names come from a seeded generator. */
export interface Patient {
  /** From 1; the wire id and the device id are made of it. */
  readonly number: number;
  /** Id on the wire, `P000001`. */
  readonly patient_id: string;
  readonly name: string;
  /** ISO date. */
  readonly birth_date: string;
  /** Years, on {@link REFERENCE_DATE}. */
  readonly age: number;
  readonly sex: 'female' | 'male';
  readonly ward: string;
  /** `ICU-07`: ward and number within the ward. */
  readonly bed: string;
  readonly device_id: string;
  /** Sorted names. */
  readonly conditions: readonly string[];
  readonly spo2_scale: 1 | 2;
  readonly pregnant: boolean;
  /** How far the person's own usual vital signs are from what age and conditions say; absent where nothing is known. */
  readonly baseline?: Partial<VitalShift>;
}

/** Ages are counted on this day, so that a seed gives the same people whenever it is run. */
export const REFERENCE_DATE = Date.UTC(2026, 0, 1);

const DAY = 86_400_000;

/** Share of patients with COPD who retain carbon dioxide: their NEWS2 uses SpO2 scale 2. */
export const HYPERCAPNIC = 0.4;

/** Share of a maternity ward who have not yet given birth. */
const STILL_PREGNANT = 0.6;

/**
 * The people of a hospital. Patient n depends on the seed and n alone (the bed number also on the patients before), so
 * adding patients changes nobody.
 */
export function createPatients(seed: string, count: number): Patient[] {
  const generator = new PatientGenerator(seed);
  return Array.from({ length: count }, (_, at) => generator.create(at + 1));
}

/** Makes the people of {@link createPatients} one by one, beds numbered as they come. */
export class PatientGenerator {
  private readonly faker = new Faker({ locale: en });
  private readonly beds = new Map<string, number>();

  constructor(private readonly seed: string) {}

  /**
   * Patient n.
   * @param ward code of the ward they come to; without it the ward is drawn by its share
   */
  create(number: number, ward?: string): Patient {
    const random = new Random(this.seed, number, 'person');
    const drawn = weightedChoice(WARDS, (each) => each.share, random.uniform());
    const chosen = ward === undefined ? drawn : wardOf(ward);
    const bed = (this.beds.get(chosen.code) ?? 0) + 1;
    this.beds.set(chosen.code, bed);
    return createPatient(number, chosen, bed, random, this.faker);
  }
}

function createPatient(number: number, ward: Ward, bed: number, random: Random, faker: Faker): Patient {
  const age = Math.min(ward.age.high, Math.max(ward.age.low, ward.age.mean + ward.age.sd * random.normal()));
  const sex = random.uniform() < 0.5 || ward.code === 'MAT' ? 'female' : 'male';
  const conditions = CONDITIONS.filter((each) => random.uniform() < prevalence(each, age, ward.code));
  const names = conditions.map((each) => each.name).sort();
  const hypercapnic = random.uniform() < HYPERCAPNIC;
  const pregnant = random.uniform() < STILL_PREGNANT && ward.code === 'MAT';
  faker.seed(random.uint32());
  return {
    number,
    patient_id: `P${String(number).padStart(6, '0')}`,
    name: `${faker.person.firstName(sex)} ${faker.person.lastName(sex)}`,
    birth_date: new Date(REFERENCE_DATE - age * 365.25 * DAY).toISOString().slice(0, 10),
    age: Math.floor(age),
    sex,
    ward: ward.code,
    bed: bedName(ward.code, bed),
    device_id: deviceName(number),
    conditions: names,
    spo2_scale: hypercapnic && names.includes(COPD) ? 2 : 1,
    pregnant,
  };
}
