import type { Patient } from '../patients.js';
import { Heap } from '../heap.js';
import { Random, weightedChoice } from '../random.js';
import { WARDS, wardOf } from '../wards.js';
import { BedBoard } from './bed-board.js';
import type { Move, People, Stay } from './stay.js';
import { BED_TURNAROUND_HOURS, SHORTEST_STAY_HOURS, WARD_STAYS, type WardStay } from './ward-stays.js';

const HOUR = 3_600_000;

interface Occupied {
  patient: Patient;
  readonly random: Random;
}

interface End {
  readonly time: number;
  readonly place: number;
}

/**
 * Who lies where in a hospital that is always full: patients come, go from ward to ward, and leave, one after another in
 * time. Whoever leaves is replaced at once, in another bed, on a ward that is below its share; so the hospital has as many
 * patients at any time as at the start. It all depends on the people, the seed, the start and the factor alone.
 *
 * Cost: microseconds a move. Memory: what one patient takes, times the patients.
 */
export class Admissions {
  /** Who is there at the start, and since when, in the order of their places. */
  readonly initial: readonly Stay[];
  private readonly ends = new Heap<End>((a, b) => a.time < b.time || (a.time === b.time && a.place < b.place));
  private readonly places: Occupied[] = [];
  private readonly census = new Map<string, number>();
  private readonly board: BedBoard;
  private readonly arrivals: Random;

  /**
   * @param from epoch ms
   * @param turnover how many times as fast as in {@link WARD_STAYS}, above 0
   */
  constructor(
    private readonly people: People,
    private readonly seed: string,
    from: number,
    private readonly turnover: number,
  ) {
    this.board = new BedBoard(people.initial, (BED_TURNAROUND_HOURS * HOUR) / turnover);
    this.arrivals = new Random(seed, 'arrivals');
    this.initial = people.initial.map((patient, place) => this.settle(patient, place, from));
  }

  /** Time of the next move, epoch ms. */
  get nextTime(): number {
    return this.ends.first?.time ?? Infinity;
  }

  /** The next moves, of one time: a transfer, or a discharge and the admission that follows. */
  next(): readonly Move[] {
    const { time, place } = this.ends.take();
    const { patient, random } = this.places[place] as Occupied;
    const destination = destinationOf(patient, random);
    if (destination === 'home' || destination === 'died') {
      // With nobody else to come, nobody dies: the hospital stays as full as it is.
      const outcome = this.people.waiting > 0 ? destination : 'home';
      this.people.discharge(patient, outcome);
      const discharge: Move = { kind: 'discharge', time, place, patient, before: null, outcome };
      return [discharge, this.replace(patient, place, time)];
    }
    const moved = this.moveTo(destination, patient, place, time);
    return [{ kind: 'transfer', time, place, patient: moved, before: patient, outcome: null }];
  }

  private replace(leaving: Patient, place: number, time: number): Move {
    this.board.leave(leaving, time);
    this.count(leaving.ward, -1);
    const person = this.people.admit(this.wardWithRoom());
    const { ward } = person;
    const patient = { ...person, ...this.board.take(ward, time) };
    const random = new Random(this.seed, patient.number, 'stay');
    this.count(ward, 1);
    this.places[place] = { patient, random };
    this.ends.add({ time: time + this.length(wardStay(ward), random, 0), place });
    return { kind: 'admission', time, place, patient, before: null, outcome: null };
  }

  private moveTo(ward: string, patient: Patient, place: number, time: number): Patient {
    const bed = this.board.take(ward, time);
    this.board.leave(patient, time);
    this.count(patient.ward, -1);
    this.count(ward, 1);
    const occupied = this.places[place] as Occupied;
    occupied.patient = { ...patient, ...bed };
    this.ends.add({ time: time + this.length(wardStay(ward), occupied.random, 0), place });
    return occupied.patient;
  }

  /** A patient who is there already: the longer a stay, the likelier one meets it, at any time of it alike. */
  private settle(patient: Patient, place: number, from: number): Stay {
    const random = new Random(this.seed, patient.number, 'stay');
    const stay = wardStay(patient.ward);
    const length = this.length(stay, random, stay.sigma ** 2);
    const age = Math.floor(length * random.uniform());
    this.places.push({ patient, random });
    this.count(patient.ward, 1);
    this.ends.add({ time: from - age + length, place });
    return { patient, since: from - age };
  }

  /**
   * Milliseconds, at least 1.
   * @param shift of the logarithm: sigma squared makes it the length of a stay that one meets on a random day
   */
  private length({ medianHours, sigma }: WardStay, random: Random, shift: number): number {
    const hours = Math.max(SHORTEST_STAY_HOURS, medianHours * Math.exp(shift + sigma * random.normal()));
    return Math.max(1, Math.round((hours * HOUR) / this.turnover));
  }

  /** A ward drawn by how many patients it is below its share of the hospital; one is, when somebody has left. */
  private wardWithRoom(): string {
    const room = ({ code, share }: (typeof WARDS)[number]): number =>
      Math.max(0, share * this.places.length - (this.census.get(code) ?? 0));
    return weightedChoice(WARDS, room, this.arrivals.uniform()).code;
  }

  private count(ward: string, change: number): void {
    this.census.set(ward, (this.census.get(ward) ?? 0) + change);
  }
}

/** A ward of another hospital is run as general medicine. */
function wardStay(ward: string): WardStay {
  return (WARD_STAYS[ward] ?? WARD_STAYS[wardOf(ward).code]) as WardStay;
}

/** Where a patient goes; whom the ward does not take (a child) goes home. */
function destinationOf(patient: Patient, random: Random): string {
  const { destinations } = wardStay(patient.ward);
  const [destination] = weightedChoice(Object.entries(destinations), ([, share]) => share, random.uniform());
  if (destination === 'home' || destination === 'died') return destination;
  const { low, high } = wardOf(destination).age;
  return patient.age >= low && patient.age <= high ? destination : 'home';
}
