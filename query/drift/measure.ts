import type { LakeSnapshot } from '../../lake/reader.js';
import type { AnomalyModel } from '../../model/model.js';
import type { FeatureReference, TrainingReference, WardReference } from '../../model/drift/reference.js';
import { compareFeature, type FeatureDrift } from '../../model/drift/verdict.js';
import { ConfigurationError } from '../../schema/errors.js';
import { featureSql } from './feature-sql.js';
import { observeHours, type ObserveOptions } from './observe.js';

/** A model that says what it was trained on. */
export interface ReferencedModel extends Pick<AnomalyModel, 'id' | 'features'> {
  readonly training: { readonly reference?: TrainingReference };
}

/** Drift of one feature of a model in one ward and hour. */
export interface HourlyDrift extends FeatureDrift {
  /** See ObservedHour. */
  readonly ward: string;
  /** Epoch milliseconds. */
  readonly window_start: number;
  readonly feature: string;
  readonly patients: number;
  /** `ward` where the model knows what the ward's training rows looked like, else all of them. */
  readonly compared_with: 'ward' | 'hospital';
}

/** What of a model can be measured over silver. */
export interface DriftPlan {
  readonly measured: readonly MeasuredFeature[];
  /** Features that are not compared over silver: of a patient's past, the time of day, or foreign to a reading. */
  readonly left_out: readonly string[];
  readonly reference: TrainingReference;
}

/** A feature of a model that can be measured. */
export interface MeasuredFeature extends FeatureReference {
  readonly name: string;
  /** Its place among the model's features. */
  readonly place: number;
}

/** @throws ConfigurationError for a model without a reference, or of whose features silver has none */
export function planDrift({ id, features, training: { reference } }: ReferencedModel): DriftPlan {
  const refuse = (problem: string, remedy: string) => new ConfigurationError('--model', `${id} ${problem}`, remedy);
  if (reference === undefined || reference.features.length !== features.length) {
    const remedy = 'Train it again with this version: vitals model train.';
    throw refuse('does not say what its training rows looked like', remedy);
  }
  const all = features.map(({ name }, place) => ({ name, place, ...reference.features[place]! }));
  const measured = all.filter((feature) => featureSql(feature) !== null);
  const left_out = all.filter((feature) => featureSql(feature) === null).map(({ name }) => name);
  if (measured.length === 0) {
    throw refuse('has no feature that silver has', 'Name a model that was trained on features of the stream.');
  }
  return { measured, left_out, reference };
}

/**
 * Measures a model's drift over silver: for each hour and ward that has a reading each feature, in order of time.
 *
 * Memory and versions of readings: see {@link observeHours}.
 */
export async function* measureDrift(
  snapshot: LakeSnapshot,
  { measured, reference }: DriftPlan,
  options: ObserveOptions,
): AsyncGenerator<HourlyDrift> {
  const wards = new Map<string, WardReference>(reference.wards.map((ward) => [ward.ward, ward]));
  for await (const { ward, window_start, patients, features } of observeHours(snapshot, measured, options)) {
    const own = wards.get(ward);
    for (const [i, feature] of measured.entries()) {
      const expected = own?.features[feature.place] ?? feature;
      const trained = own === undefined ? reference.patients : own.patients;
      const compared_with = own === undefined ? 'hospital' : 'ward';
      const drift = compareFeature(expected, { ...features[i]!, patients }, trained);
      yield { ward, window_start, feature: feature.name, patients, compared_with, ...drift };
    }
  }
}
