import { createHash } from 'node:crypto';

const TWO_TO_MINUS_32 = 2 ** -32;

/** The ziggurat of the normal density exp(-x x / 2): 128 layers of one area (Marsaglia and Tsang 2000). */
const LAYER_BITS = 7;
const LAYERS = 1 << LAYER_BITS;
const TAIL_START = 3.442619855899;
const LAYER_AREA = 9.91256303526217e-3;

/** The position within a layer is a signed whole number of this many parts: what is left of 32 bits. */
const PARTS = 2 ** (31 - LAYER_BITS);

/** By layer, from the lowest: width of a part, parts that are surely under the curve, density at the outer edge. */
const SCALES = new Float64Array(LAYERS);
const INSIDE = new Float64Array(LAYERS);
const DENSITIES = new Float64Array(LAYERS);
buildZiggurat();

function buildZiggurat(): void {
  const density = (x: number): number => Math.exp(-0.5 * x * x);
  const edges = new Float64Array(LAYERS);
  edges[LAYERS - 1] = TAIL_START;
  for (let i = LAYERS - 2; i > 0; i--) {
    const outer = edges[i + 1] as number;
    edges[i] = Math.sqrt(-2 * Math.log(LAYER_AREA / outer + density(outer)));
  }
  for (let i = 1; i < LAYERS; i++) {
    SCALES[i] = (edges[i] as number) / PARTS;
    INSIDE[i] = PARTS * ((edges[i - 1] as number) / (edges[i] as number));
    DENSITIES[i] = density(edges[i] as number);
  }
  const base = LAYER_AREA / density(TAIL_START);
  SCALES[0] = base / PARTS;
  INSIDE[0] = PARTS * (TAIL_START / base);
  DENSITIES[0] = 1;
}

/**
 * A seeded stream of random numbers (sfc32, 128 bits of state), named by its key.
 *
 * Streams of different keys are independent, so every patient and purpose has its own: adding a patient, or drawing
 * once more for one purpose, changes nothing else. Same key, same numbers, on every platform.
 */
export class Random {
  private a: number;
  private b: number;
  private c: number;
  private counter: number;

  /** @param key what the stream is for, e.g. `'42', 'P000001', 'physiology'` */
  constructor(...key: readonly (string | number)[]) {
    const digest = createHash('sha256').update(JSON.stringify(key)).digest();
    this.a = digest.readInt32LE(0);
    this.b = digest.readInt32LE(4);
    this.c = digest.readInt32LE(8);
    this.counter = digest.readInt32LE(12);
  }

  /** A whole number from 0 to 2^32 - 1. */
  uint32(): number {
    const sum = (((this.a + this.b) | 0) + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (((this.c << 21) | (this.c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  /** Uniform in (0, 1): never 0, so that its logarithm is finite. */
  uniform(): number {
    return (this.uint32() + 0.5) * TWO_TO_MINUS_32;
  }

  /** Uniform in (low, high). */
  between(low: number, high: number): number {
    return low + (high - low) * this.uniform();
  }

  /** A whole number from 0 to `count` - 1. */
  index(count: number): number {
    return Math.floor(this.uniform() * count);
  }

  /** Exponential with the given mean: the waiting time of a Poisson process. */
  exponential(mean: number): number {
    return -mean * Math.log(this.uniform());
  }

  /** Standard normal, by the ziggurat of {@link LAYERS} layers: one draw nearly always. */
  normal(): number {
    for (;;) {
      const bits = this.uint32() | 0;
      const layer = bits & (LAYERS - 1);
      const share = bits >> LAYER_BITS;
      const x = share * (SCALES[layer] as number);
      if ((share < 0 ? -share : share) < (INSIDE[layer] as number)) return x;
      if (layer === 0) return this.tail(share < 0);
      const low = DENSITIES[layer] as number;
      const high = DENSITIES[layer - 1] as number;
      if (low + this.uniform() * (high - low) < Math.exp(-0.5 * x * x)) return x;
    }
  }

  /** Beyond the ziggurat: Marsaglia's method for the tail of a normal. */
  private tail(negative: boolean): number {
    for (;;) {
      const x = -Math.log(this.uniform()) / TAIL_START;
      const y = -Math.log(this.uniform());
      if (2 * y >= x * x) return negative ? -TAIL_START - x : TAIL_START + x;
    }
  }
}

/** The item whose share of the total weight holds `position`, a number in (0, 1). */
export function weightedChoice<T>(items: readonly T[], weight: (item: T) => number, position: number): T {
  let remaining = position * items.reduce((sum, item) => sum + weight(item), 0);
  for (const item of items) {
    remaining -= weight(item);
    if (remaining < 0) return item;
  }
  return items[items.length - 1] as T;
}
