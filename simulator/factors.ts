import type { Random } from './random.js';

/** A latent cause of variation: how long it remembers, and how strongly each vital sign follows it. */
export interface Factor {
  readonly name: string;
  /** Time constant of its autocorrelation, hours. */
  readonly hours: number;
  readonly heart_rate: number;
  readonly respiratory_rate: number;
  readonly systolic_bp: number;
  readonly diastolic_bp: number;
  readonly spo2: number;
  readonly temperature: number;
}

function factor(
  name: string,
  hours: number,
  heart_rate: number,
  respiratory_rate: number,
  systolic_bp: number,
  diastolic_bp: number,
  spo2 = 0,
  temperature = 0,
): Factor {
  return { name, hours, heart_rate, respiratory_rate, systolic_bp, diastolic_bp, spo2, temperature };
}

/**
 * The factors, as loadings in units of each vital's within-patient SD.
 *
 * A product of two columns, summed, is the correlation of two vitals; a vital's autocorrelation is the mean of the
 * factors' weighted by the squares. The loadings are a least-squares fit to PhysioNet 2012: autocorrelations within
 * patients at 1 to 12 hours, correlations within patients, both as they look in 48 hours less their mean, which takes up a
 * third of what is slow. With {@link FEVER_LOADINGS} the squares of a column sum to 1, which a test holds.
 */
export const FACTORS: readonly Factor[] = [
  //             name                hours   HR     RR    SBP    DBP   SpO2  temperature
  factor('arousal, slow', 12, 0.312, 0.49, 0.194, 0.002),
  factor('arousal, fast', 0.1, 0.34, 0.198, 0.101, 0.373),
  factor('pressure, slow', 12, 0, 0, 0.642, 0.579),
  factor('pressure, fast', 0.6, 0, 0, 0.479, 0.441),
  factor('heart rate, slow', 12, 0.831, 0, 0, 0),
  factor('heart rate, medium', 3, 0.198, 0, 0, 0),
  factor('heart rate, fast', 0.1, 0.062, 0, 0, 0),
  factor('respiration, slow', 12, 0, 0.362, 0, 0),
  factor('respiration, fast', 0.07, 0, 0.75, 0, 0),
  factor('systolic, slow', 12, 0, 0, 0.355, 0),
  factor('systolic, fast', 0.6, 0, 0, 0.429, 0),
  factor('diastolic, slow', 12, 0, 0, 0, 0.403),
  factor('diastolic, fast', 0.6, 0, 0, 0, 0.408),
  factor('saturation, slow', 6, 0, 0, 0, 0, 0.8),
  factor('saturation, fast', 0.05, 0, 0, 0, 0, 0.6),
  factor('temperature, slow', 12, 0, 0, 0, 0, 0, 0.714),
];

/** What of temperature is not slow: it rises and falls smoothly within hours. */
export const FEVER_IN_TEMPERATURE = 0.7;

/**
 * How the vitals follow temperature: correlation .24 with heart rate, .15 with respiration and -.06 with diastolic pressure
 * within a patient (PhysioNet 2012).
 */
export const FEVER_LOADINGS = { heart_rate: 0.23, respiratory_rate: 0.163, diastolic_bp: -0.061 } as const;

/** Time constant of fever, hours: its autocorrelation is (1 + t/T) exp(-t/T). */
const FEVER_HOURS = 2.1;

/** The loadings of one vital, one a factor. */
export function loadingsOf(vital: Exclude<keyof Factor, 'name' | 'hours'>): Float64Array {
  return Float64Array.from(FACTORS, (each) => each[vital]);
}

/** What one step of a fixed length does to every factor: exact, so that statistics depend on time, not on steps. */
export interface FactorStep {
  readonly decay: Float64Array;
  readonly noise: Float64Array;
  readonly fever: FeverStep;
}

interface FeverStep {
  readonly levelFromLevel: number;
  readonly levelFromSlope: number;
  readonly slopeFromSlope: number;
  readonly levelNoise: number;
  readonly slopeSharedNoise: number;
  readonly slopeOwnNoise: number;
}

/** The exact discretisation of the factors at `hours` a step. */
export function factorStep(hours: number): FactorStep {
  const decay = Float64Array.from(FACTORS, (each) => Math.exp(-hours / each.hours));
  const noise = decay.map((kept) => Math.sqrt(1 - kept * kept));
  return { decay, noise, fever: feverStep(hours / FEVER_HOURS) };
}

/** Below this step (in time constants) the exact variances cancel to nothing, and their leading terms are exact enough. */
const SMALL_STEP = 1e-3;

/**
 * Temperature is smooth: a critically damped second-order process (Matern 3/2) in level and scaled slope, both with
 * variance 1. The noise of a step has the covariance I - F F', of which this is the Cholesky factor.
 */
function feverStep(step: number): FeverStep {
  const kept = Math.exp(-step);
  const small = step < SMALL_STEP;
  const square = kept * kept;
  const level = small ? (4 / 3) * step ** 3 : 1 - square * ((1 + step) ** 2 + step * step);
  const shared = 2 * step * step * (small ? 1 : square);
  const slope = small ? 4 * step : 1 - square * ((1 - step) ** 2 + step * step);
  const levelNoise = Math.sqrt(level);
  const slopeSharedNoise = shared / levelNoise;
  return {
    levelFromLevel: (1 + step) * kept,
    levelFromSlope: step * kept,
    slopeFromSlope: (1 - step) * kept,
    levelNoise,
    slopeSharedNoise,
    slopeOwnNoise: Math.sqrt(Math.max(0, slope - slopeSharedNoise * slopeSharedNoise)),
  };
}

/** Numbers that the state of one patient's factors takes: each factor, then temperature's deviation and its slope. */
export const STATE_SIZE = FACTORS.length + 2;
const FEVER_SLOPE = STATE_SIZE - 1;

/** Place of temperature's deviation (in SDs) in a state. */
export const FEVER = STATE_SIZE - 2;

/** Draws the factors of one patient into `memory` from `at` on: standard normal, as they are at any time. */
export function startFactors(memory: Float64Array, at: number, random: Random): void {
  for (let i = 0; i < STATE_SIZE; i++) memory[at + i] = random.normal();
}

/** Moves the factors of one patient by one step. */
export function advanceFactors(memory: Float64Array, at: number, step: FactorStep, random: Random): void {
  const { decay, noise, fever } = step;
  for (let i = 0; i < FEVER; i++) {
    memory[at + i] = (decay[i] as number) * (memory[at + i] as number) + (noise[i] as number) * random.normal();
  }
  const first = random.normal();
  const second = random.normal();
  const level = memory[at + FEVER] as number;
  const slope = memory[at + FEVER_SLOPE] as number;
  memory[at + FEVER] = fever.levelFromLevel * level + fever.levelFromSlope * slope + fever.levelNoise * first;
  memory[at + FEVER_SLOPE] =
    fever.slopeFromSlope * slope -
    fever.levelFromSlope * level +
    fever.slopeSharedNoise * first +
    fever.slopeOwnNoise * second;
}
