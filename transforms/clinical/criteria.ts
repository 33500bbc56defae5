import type { Consciousness } from '../reading.js';
import { BandLookup } from './bands.js';
import { packInterval, type PackedInterval } from './interval.js';
import type { Chart } from './thresholds.js';

/** One parameter of a score: what a value adds to the interval, and what its absence does (0 to the most points). */
export class Criterion {
  private readonly known: BandLookup<PackedInterval>;
  private readonly missing: PackedInterval;

  constructor(chart: Chart<number>) {
    this.known = new BandLookup({
      ...chart,
      bands: chart.bands.map(({ upTo, is }) => ({ upTo, is: packInterval(is, is) })),
    });
    this.missing = packInterval(0, Math.max(...chart.bands.map((band) => band.is)));
  }

  of(value: number | null): PackedInterval {
    return value === null ? this.missing : this.known.at(value);
  }
}

/** The same for the level of consciousness. */
export class ConsciousnessCriterion {
  private readonly known: Readonly<Record<Consciousness, PackedInterval>>;
  private readonly missing: PackedInterval;

  constructor({ A, C, V, P, U }: Readonly<Record<Consciousness, number>>) {
    const exactly = (points: number): PackedInterval => packInterval(points, points);
    this.known = { A: exactly(A), C: exactly(C), V: exactly(V), P: exactly(P), U: exactly(U) };
    this.missing = packInterval(0, Math.max(A, C, V, P, U));
  }

  of(state: Consciousness | null): PackedInterval {
    return state === null ? this.missing : this.known[state];
  }
}
