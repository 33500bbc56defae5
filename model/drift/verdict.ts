import { criticalDistance, kolmogorovSmirnov } from './kolmogorov-smirnov.js';
import type { FeatureReference } from './reference.js';
import { stabilityIndex } from './stability-index.js';

/** What was seen of one feature, in the bins of its reference. */
export interface ObservedFeature {
  readonly counts: readonly number[];
  readonly missing: number;
  /** How many patients the rows are of. */
  readonly patients: number;
}

/**
 * - `too_few`: fewer than {@link LEAST_ROWS} rows or {@link LEAST_PATIENTS} patients.
 * - `stable`, `moderate`, `major`: by the index.
 * - `chance`: the index is 0.1 or more, and as many patients may differ so much by chance.
 */
export type DriftVerdict = 'too_few' | 'stable' | 'chance' | 'moderate' | 'major';

/** How far one feature is from what the model was trained on. */
export interface FeatureDrift {
  readonly rows: number;
  readonly missing_share: number;
  readonly reference_missing_share: number;
  /** Missing is a bin of its own; NaN without rows. */
  readonly psi: number;
  /** Of the values that are there; NaN where there is none. */
  readonly ks: number;
  /** What `ks`, or the change of the missing share, must exceed to be more than chance. */
  readonly ks_critical: number;
  readonly verdict: DriftVerdict;
}

/**
 * The limits that credit scoring made usual (Siddiqi 2006, Credit Risk Scorecards): below 0.1 no change, from 0.25 a major one. They
 * are a convention, not a test, and were made for thousands of independent rows.
 */
export const MODERATE = 0.1;
export const MAJOR = 0.25;

/** The index of fewer rows is mostly noise: five a bin are what tests of counts ask for. */
export const LEAST_ROWS = 50;
/** With four patients no distance is beyond chance. */
export const LEAST_PATIENTS = 5;

/**
 * How often chance alone may look like drift, a feature, ward and hour. A hospital of ten wards and eight features asks 1,920 times a day,
 * and hours that follow each other are of the same patients.
 */
export const RISK = 1e-3;

/**
 * Compares what was seen of a feature with what the model was trained on.
 *
 * The rows of one patient resemble each other, so the patients count as the independent observations and not their rows: twelve patients
 * of a ward differ from a population by chance, however many rows each has.
 *
 * @param referencePatients how many patients the reference is of; null takes its rows for independent
 */
export function compareFeature(
  reference: Pick<FeatureReference, 'counts' | 'missing'>,
  observed: ObservedFeature,
  referencePatients: number | null,
): FeatureDrift {
  const rows = total(observed.counts) + observed.missing;
  const referenceRows = total(reference.counts) + reference.missing;
  const psi = stabilityIndex([...reference.counts, reference.missing], [...observed.counts, observed.missing]);
  const ks = kolmogorovSmirnov(reference.counts, observed.counts);
  const ks_critical = criticalDistance(referencePatients ?? referenceRows, observed.patients, RISK);
  const missing_share = observed.missing / rows;
  const reference_missing_share = reference.missing / referenceRows;
  const change = Math.abs(missing_share - reference_missing_share);
  const isBeyondChance = ks > ks_critical || change > ks_critical;
  const isEnough = rows >= LEAST_ROWS && observed.patients >= LEAST_PATIENTS;
  const verdict = isEnough ? verdictOf(psi, isBeyondChance) : 'too_few';
  return { rows, missing_share, reference_missing_share, psi, ks, ks_critical, verdict };
}

function verdictOf(psi: number, isBeyondChance: boolean): DriftVerdict {
  if (psi < MODERATE) return 'stable';
  if (!isBeyondChance) return 'chance';
  return psi > MAJOR ? 'major' : 'moderate';
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
