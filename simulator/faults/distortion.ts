import type { Random } from '../random.js';
import type { MonitorReading } from '../vital-signs.js';
import type { ArtefactKind } from './artefact.js';

/** What one fault does to the readings while it lasts. */
export interface Distortion {
  /** The vital that the ground truth names. */
  readonly field: string;
  /** What is shown instead, where that is one value. */
  readonly value: number | null;
  /** Spoils a reading. A missing vital stays missing. */
  readonly spoil: (reading: MonitorReading, random: Random) => void;
}

/** A kind of fault: how often it comes to a device, how long it lasts, and how it begins. */
export interface FaultKind {
  /** Null for a vital that is merely not measured: the reading says so itself. */
  readonly kind: ArtefactKind | null;
  /** Names the stream of random numbers. */
  readonly purpose: string;
  /** Mean milliseconds between two of them, and the least and greatest length. */
  readonly gap: number;
  readonly shortest: number;
  readonly longest: number;
  /**
   * How this one is.
   * @param reading the first that it spoils
   */
  readonly begin: (random: Random, reading: MonitorReading) => Distortion;
}

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
