import { Random } from './random.js';

/** Crockford's base 32, as in ULID. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Two digits for ten bits. */
const PAIRS: readonly string[] = Array.from(
  { length: 1024 },
  (_, bits) => `${ALPHABET[bits >> 5] as string}${ALPHABET[bits & 31] as string}`,
);

const TEN_BITS = 1024;

/**
 * Message ids in the form of a ULID: 48 bits of event time, then 80 seeded bits. The n-th id of a patient depends on
 * the seed, the patient, n and its time alone; a run that starts at another time gives other ids.
 */
export class MessageIds {
  private readonly random: Random;

  constructor(seed: string, patient: number) {
    this.random = new Random(seed, patient, 'message id');
  }

  /** @param time event time, epoch ms */
  next(time: number): string {
    const first = this.random.uint32();
    const second = this.random.uint32();
    const third = this.random.uint32();
    return (
      timeDigits(time) +
      pair(first >>> 22) +
      pair(first >>> 12) +
      pair(first >>> 2) +
      pair(second >>> 22) +
      pair(second >>> 12) +
      pair(second >>> 2) +
      pair(third >>> 22) +
      pair(third >>> 12)
    );
  }
}

function pair(bits: number): string {
  return PAIRS[bits & 1023] as string;
}

let lastHigh = -1;
let lastHighDigits = '';

/** Ten digits of a time: the upper six change every 17 minutes, so they are kept. */
function timeDigits(time: number): string {
  const high = Math.floor(time / TEN_BITS ** 2);
  if (high !== lastHigh) {
    lastHigh = high;
    lastHighDigits = pair(Math.floor(high / TEN_BITS ** 2)) + pair(Math.floor(high / TEN_BITS)) + pair(high);
  }
  const low = time - high * TEN_BITS ** 2;
  return lastHighDigits + pair(low >>> 10) + pair(low);
}
