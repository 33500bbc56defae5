import type { HospitalAnswer } from '../../api.js';

/** A part of the page: drawn once, then changed in place by each answer. */
export interface Part {
  readonly element: HTMLElement;
  show(answer: HospitalAnswer): void;
}
