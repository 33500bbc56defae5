import { PatientGenerator, type Patient } from '../patients.js';
import type { People } from './stay.js';

/** People whom the seed makes (patients.ts): whoever comes later is somebody new, and nobody comes twice. */
export class SyntheticPeople implements People {
  readonly initial: readonly Patient[];
  readonly waiting = Infinity;
  private readonly generator: PatientGenerator;
  private last: number;

  /** @param count how many are in the hospital at the start */
  constructor(seed: string, count: number) {
    this.generator = new PatientGenerator(seed);
    this.initial = Array.from({ length: count }, (_, at) => this.generator.create(at + 1));
    this.last = count;
  }

  admit(ward: string): Patient {
    return this.generator.create(++this.last, ward);
  }

  discharge(): void {}
}
