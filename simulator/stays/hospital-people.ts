import { type Patient } from '../patients.js';
import { patientRow } from '../patients-file.js';
import type { SimulationPlan } from '../plan.js';
import type { PatientRow } from '../../schema/tables/reference-patients.js';
import { Admissions } from './admissions.js';
import type { People } from './stay.js';
import { stayRows } from './stay-rows.js';
import { SyntheticPeople } from './synthetic-people.js';

/** How far ahead the file of `--patients-out` tells the stays of a simulation without an end, milliseconds: a week. */
const FORESEEN = 7 * 86_400_000;

/** The people of a simulation: who is there at the start, who comes and goes, and what a patients file says of them. */
export interface HospitalPeople {
  readonly people: readonly Patient[];
  /** Null where everybody stays. */
  readonly admissions: Admissions | null;
  /** One a stay, up to `to`, or for a week where there is none. */
  rows(to: number): readonly PatientRow[];
}

/**
 * Draws the people of a plan.
 * @param from start, epoch ms
 * @throws ConfigurationError when a Synthea export cannot be used
 */
export async function hospitalPeople(plan: SimulationPlan, from: number): Promise<HospitalPeople> {
  const { seed, turnover } = plan;
  const peopleOf = await peopleFactory(plan, from);
  const { initial } = peopleOf();
  if (turnover === 0) {
    return { people: initial, admissions: null, rows: () => initial.map((patient) => patientRow(patient, from)) };
  }
  const admissions = (): Admissions => new Admissions(peopleOf(), seed, from, turnover);
  return {
    people: initial,
    admissions: admissions(),
    rows: (to) => stayRows(admissions(), to === Infinity ? from + FORESEEN : to),
  };
}

/** Makes the same people anew each time: to simulate them, and to look ahead. */
async function peopleFactory(plan: SimulationPlan, from: number): Promise<() => People> {
  const { seed, patients, turnover, synthea } = plan;
  if (synthea === null) return () => new SyntheticPeople(seed, patients);
  const [{ readExport }, { SyntheaPeople }] = await Promise.all([
    import('../synthea/read-export.js'),
    import('../synthea/synthea-people.js'),
  ]);
  const people = await readExport(synthea, from);
  return () => new SyntheaPeople(people, seed, patients, turnover > 0);
}
