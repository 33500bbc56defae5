import type { DialectName } from './dialects/dialect.js';
import { malform } from './malformations.js';
import { Random } from './random.js';

/** How unreliable the network is: each rate is the chance, from 0 to 1, that it happens to a message. */
export interface NetworkRates {
  /** Arrives {@link LATE_BY} after it was measured. */
  readonly late: number;
  /** Arrives twice, byte for byte the same. */
  readonly duplicate: number;
  /** Arrives spoilt (malformations.ts). */
  readonly malformed: number;
  /** Never arrives. What is lost is nothing else. */
  readonly lost: number;
}

export const DEFAULT_RATES: NetworkRates = { late: 0.01, duplicate: 0.01, malformed: 0.002, lost: 0.005 };

/** Milliseconds that a late message takes: from 30 seconds to 10 minutes. */
export const LATE_BY = [30_000, 600_000] as const;

/** Milliseconds after the first copy that the second arrives. */
const REPEATED_AFTER = [50, 60_000] as const;

/** What the network did to one message. */
export interface Delivery {
  readonly text: string;
  readonly lost: boolean;
  readonly malformation: string | null;
  /** Milliseconds between measurement and arrival; 0 when on time. */
  readonly delay: number;
  /** Milliseconds between measurement and the arrival of the second copy; null without one. */
  readonly repeatDelay: number | null;
}

/**
 * The network between one device and the receiver.
 *
 * The four chances of a message are drawn whatever the rates are, and all else from a stream of its own, so a
 * change of one rate moves no other decision.
 */
export class NetworkLink {
  private readonly chances: Random;
  private readonly details: Random;

  constructor(
    seed: string,
    patient: number,
    private readonly rates: NetworkRates,
    private readonly dialect: DialectName,
  ) {
    this.chances = new Random(seed, patient, 'network');
    this.details = new Random(seed, patient, 'network details');
  }

  /** What happens to the next message; null when it simply arrives, as nearly all do. */
  carry(text: string): Delivery | null {
    const { chances, rates } = this;
    const lost = chances.uniform() < rates.lost;
    const malformed = chances.uniform() < rates.malformed;
    const late = chances.uniform() < rates.late;
    const duplicate = chances.uniform() < rates.duplicate;
    if (!(lost || malformed || late || duplicate)) return null;
    if (lost) return { text, lost, malformation: null, delay: 0, repeatDelay: null };
    return this.disturb(text, malformed, late, duplicate);
  }

  private disturb(text: string, malformed: boolean, late: boolean, duplicate: boolean): Delivery {
    const spoilt = malformed ? malform(text, this.details, this.dialect) : null;
    const delay = late ? Math.round(this.details.between(...LATE_BY)) : 0;
    return {
      text: spoilt?.text ?? text,
      lost: false,
      malformation: spoilt?.kind ?? null,
      delay,
      repeatDelay: duplicate ? delay + Math.round(this.details.between(...REPEATED_AFTER)) : null,
    };
  }
}
