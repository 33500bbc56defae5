import { createPatients, type Patient } from '../patients.js';
import { wardOf } from '../wards.js';
import { ICU_TARGETS } from './icu-targets.js';
import { independent } from './independent.js';
import { measure } from './measure.js';
import { Prepared } from './prepared.js';
import { record, type RecordingOptions } from './recording.js';
import type { RealismProfile, Target } from './target.js';
import { WARD_TARGETS } from './ward-targets.js';

export const REALISM_MODELS = ['coupled', 'independent'] as const;

/** `coupled` is the simulator; `independent` draws every value on its own, and must fail. */
export type RealismModel = (typeof REALISM_MODELS)[number];

export interface RealismOptions {
  /** In each profile. */
  readonly patients: number;
  readonly seed: string;
  readonly model: RealismModel;
}

export interface RealismRow {
  readonly target: Target;
  readonly measured: number;
  readonly ok: boolean;
}

/** What the simulator does beside what real patients do. */
export interface RealismReport extends RealismOptions {
  readonly rows: readonly RealismRow[];
  readonly met: number;
  readonly ok: boolean;
  /** The recordings that were measured, for plots. */
  readonly recorded: Readonly<Record<Sample, Prepared>>;
}

/** Two profiles, and many more intensive care patients seen seldom: a slope over 500 patients would be too uncertain. */
type Sample = RealismProfile | 'many';

const MINUTE = 60_000;
const HOURS = 48;

/** How many times as many patients. */
const MANY = 8;

/** Any day will do: rhythms are of the clock. A Saturday, midnight UTC. */
const FROM = Date.UTC(2026, 10, 21);

/** An ICU charts every hour, as the reference does; ward events are of minutes. */
const INTERVAL: Readonly<Record<Sample, number>> = { icu: 60 * MINUTE, ward: 5 * MINUTE, many: 12 * 60 * MINUTE };

export const REALISM_TARGETS: readonly Target[] = [...ICU_TARGETS, ...WARD_TARGETS];

/** Simulates patients of both profiles for 48 hours and compares what their monitors show with every target. Pure. */
export function realism(options: RealismOptions): RealismReport {
  const recorded = {
    icu: recorded48h('icu', options),
    ward: recorded48h('ward', options),
    many: recorded48h('many', options),
  };
  const rows = REALISM_TARGETS.map((target) => {
    const measured = measure(recorded[target.statistic === 'slope' ? 'many' : target.profile], target);
    return { target, measured, ok: measured >= target.low && measured <= target.high };
  });
  const met = rows.filter((row) => row.ok).length;
  return { ...options, rows, met, ok: met === rows.length, recorded };
}

function recorded48h(sample: Sample, { patients, seed, model }: RealismOptions): Prepared {
  const intervalMs = INTERVAL[sample];
  const options: RecordingOptions = {
    people:
      sample === 'ward' ? wardPatients(seed, patients) : icuPatients(seed, patients * (sample === 'many' ? MANY : 1)),
    seed,
    from: FROM,
    samples: (HOURS * 60 * MINUTE) / intervalMs,
    intervalMs,
  };
  const recording = record(options);
  return new Prepared(model === 'coupled' ? recording : independent(recording, seed));
}

/** Adults, put into intensive care. */
function icuPatients(seed: string, count: number): Patient[] {
  return firstPatients(seed, count, 1.1, ({ age }) => age >= 18).map((each) => ({ ...each, ward: 'ICU' }));
}

/** The patients of the general wards, in the shares that the hospital has of them. */
function wardPatients(seed: string, count: number): Patient[] {
  return firstPatients(seed, count, 1.5, ({ ward }) => wardOf(ward).profile === 'general');
}

/** The first so many people of a hospital that will do; `spare` times as many are usually enough to find them among. */
function firstPatients(seed: string, count: number, spare: number, suits: (patient: Patient) => boolean): Patient[] {
  const found = createPatients(seed, Math.ceil(spare * count) + 20).filter(suits);
  return found.length >= count ? found.slice(0, count) : firstPatients(seed, count, 2 * spare, suits);
}
