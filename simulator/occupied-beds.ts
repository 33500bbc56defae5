import { Bed, phaseOf, type BedSetting } from './bed.js';
import { dialectFor, type DialectShare } from './dialects/mixture.js';
import { STATE_SIZE } from './factors.js';
import type { Patient } from './patients.js';
import { Physiology, PHYSIOLOGY_SIZE } from './physiology.js';
import type { Admissions } from './stays/admissions.js';
import type { Move } from './stays/stay.js';

/** What all beds of a hospital have in common. */
export interface HospitalSetting extends BedSetting {
  readonly dialects: readonly DialectShare[];
}

/** The beds that patients lie in, in the order in which they measure; who lies in them changes as {@link Admissions} says. */
export class OccupiedBeds {
  readonly count: number;
  /** Moves since the start, by kind. */
  readonly moves: Record<Move['kind'], number> = { admission: 0, transfer: 0, discharge: 0 };
  private readonly beds: Bed[];
  /** Where in the order of measuring each place of {@link Admissions} is. */
  private readonly order: readonly number[];
  private readonly memory: Float64Array<ArrayBuffer>;
  private nextMove: number;

  /** @param from start, epoch ms */
  constructor(
    people: readonly Patient[],
    from: number,
    intervalMs: number,
    private readonly setting: HospitalSetting,
    private readonly admissions: Admissions | null,
  ) {
    this.count = people.length;
    this.memory = new Float64Array(people.length * PHYSIOLOGY_SIZE);
    // Made in the order in which they measure: neighbours in time are neighbours in memory, a third off each reading.
    const placed = people
      .map((patient, place) => ({ patient, place, phase: phaseOf(patient, setting.seed, intervalMs) }))
      .sort((a, b) => a.phase - b.phase || a.patient.number - b.patient.number);
    this.beds = placed.map(({ patient, phase }, at) => this.bedOf(patient, phase, at, from));
    const order: number[] = [];
    for (const [at, { place }] of placed.entries()) order[place] = at;
    this.order = order;
    this.nextMove = admissions?.nextTime ?? Infinity;
    this.labelInitialStays();
  }

  at(order: number): Bed {
    return this.beds[order] as Bed;
  }

  /** Lets those come and go who do so by a time (included). */
  moveUntil(time: number): void {
    while (this.nextMove <= time) this.moveNext();
  }

  private moveNext(): void {
    const { admissions } = this;
    if (admissions === null) return;
    for (const move of admissions.next()) {
      this.moves[move.kind]++;
      this.setting.labels.stay(move);
      const at = this.order[move.place] as number;
      const bed = this.at(at);
      if (move.kind === 'admission') this.beds[at] = this.bedOf(move.patient, bed.phase, at, move.time);
      if (move.kind === 'transfer') bed.move(move.patient, this.movedPhysiology(move.patient, at));
    }
    this.nextMove = admissions.nextTime;
  }

  private bedOf(patient: Patient, phase: number, at: number, from: number): Bed {
    const { setting } = this;
    const physiology = new Physiology(patient, setting.seed, this.memory, at * PHYSIOLOGY_SIZE);
    const dialect = dialectFor(setting.dialects, setting.seed, patient.number);
    return new Bed(patient, phase, physiology, from, dialect, setting);
  }

  /** The same person with the levels of the new ward; what varies about them goes on from where it was. */
  private movedPhysiology(patient: Patient, at: number): Physiology {
    const start = at * PHYSIOLOGY_SIZE;
    const state = this.memory.slice(start, start + STATE_SIZE);
    const physiology = new Physiology(patient, this.setting.seed, this.memory, start);
    this.memory.set(state, start);
    return physiology;
  }

  private labelInitialStays(): void {
    for (const [place, { patient, since }] of (this.admissions?.initial ?? []).entries()) {
      this.setting.labels.stay({ kind: 'admission', time: since, place, patient, before: null, outcome: null });
    }
  }
}
