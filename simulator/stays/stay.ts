import type { Patient } from '../patients.js';

/** A patient in one bed, from a time on. */
export interface Stay {
  /** With the ward, the bed and the monitor of this stay. */
  readonly patient: Patient;
  /** Since when, epoch ms. */
  readonly since: number;
}

/** A change of who lies where. A place is one of the hospital's patients at a time: there are as many as patients. */
export interface Move {
  readonly kind: 'admission' | 'transfer' | 'discharge';
  /** Epoch ms. */
  readonly time: number;
  /** From 0: the place that the patient takes, keeps, or leaves. */
  readonly place: number;
  /** As they lie from then on; of a discharge, as they lay. */
  readonly patient: Patient;
  /** Where a transferred patient lay before. */
  readonly before: Patient | null;
  /** How a patient leaves. */
  readonly outcome: 'home' | 'died' | null;
}

/** People who come to the hospital. */
export interface People {
  /** Those who are in it at the start, with their beds. */
  readonly initial: readonly Patient[];
  /** How many could come now. */
  readonly waiting: number;
  /** The next to come, to that ward or, where nobody fits it, to another; bed and monitor are still to be given. */
  admit(ward: string): Patient;
  /** A patient has left. */
  discharge(patient: Patient, outcome: 'home' | 'died'): void;
}
