import type { FeatureFiller } from '../../model/features.js';
import type { SilverBlock } from '../../query/readings/silver-block.js';

/** Rows that there is room for at first; doubled as they come. */
const FIRST_ROWS = 4_096;

/** Readings as training and scoring want them: features in rows, and whose, when and where each is. */
export interface ReadingColumns {
  readonly count: number;
  /** Row-major, NaN is missing. */
  readonly values: Float64Array;
  /** By reading: its patient's place in {@link patientNames}. */
  readonly patients: Uint32Array;
  /** Epoch milliseconds. */
  readonly times: Float64Array;
  readonly patientNames: readonly string[];
  wardOf(reading: number): string | null;
}

/** Collects readings of silver. Memory: 8 bytes a feature, and 16 a reading. */
export class SilverColumns {
  private values: Float64Array;
  private patients = new Uint32Array(FIRST_ROWS);
  private wards = new Uint32Array(FIRST_ROWS);
  private times = new Float64Array(FIRST_ROWS);
  private count = 0;
  private readonly patientCodes = new Map<string, number>();
  private readonly wardCodes = new Map<string | null, number>();

  constructor(
    private readonly fill: FeatureFiller,
    private readonly width: number,
  ) {
    this.values = new Float64Array(FIRST_ROWS * width);
  }

  /** @param keep which readings count */
  addAll(block: SilverBlock, keep: (patient: string, time: number) => boolean = () => true): void {
    for (let i = 0; i < block.count; i++) {
      const [patient, time] = [block.patients[i]!, block.times[i]!];
      if (!keep(patient, time)) continue;
      if (this.count === this.times.length) this.grow();
      this.fill(block.reading(i), this.values, this.count * this.width);
      this.patients[this.count] = codeOf(this.patientCodes, patient);
      this.wards[this.count] = codeOf(this.wardCodes, block.wards[i] ?? null);
      this.times[this.count] = time;
      this.count++;
    }
  }

  take(): ReadingColumns {
    const { count, wards } = this;
    const wardNames = [...this.wardCodes.keys()];
    return {
      count,
      values: this.values.subarray(0, count * this.width),
      patients: this.patients.subarray(0, count),
      times: this.times.subarray(0, count),
      patientNames: [...this.patientCodes.keys()],
      wardOf: (reading) => wardNames[wards[reading]!]!,
    };
  }

  private grow(): void {
    const rows = 2 * this.times.length;
    this.values = grown(this.values, new Float64Array(rows * this.width));
    this.patients = grown(this.patients, new Uint32Array(rows));
    this.wards = grown(this.wards, new Uint32Array(rows));
    this.times = grown(this.times, new Float64Array(rows));
  }
}

function grown<T extends Float64Array | Uint32Array>(old: T, larger: T): T {
  larger.set(old);
  return larger;
}

function codeOf<K>(codes: Map<K, number>, key: K): number {
  const known = codes.get(key);
  if (known !== undefined) return known;
  codes.set(key, codes.size);
  return codes.size - 1;
}
