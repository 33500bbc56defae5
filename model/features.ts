import { ConfigurationError } from '../schema/errors.js';
import { VITALS, type VitalName, type VitalValues } from '../schema/vitals.js';
import { DERIVED_INPUTS, DERIVED_READERS, DERIVED_UNITS, type DerivedFeature } from './features/derived.js';
import { parseHistoryFeature } from './features/history.js';

/** What a model's features are read from: an enriched reading has all of it; null is missing. */
export interface FeatureSource extends Readonly<VitalValues> {
  /** Years. */
  readonly age: number | null;
  readonly supplemental_oxygen: boolean | null;
  /** Epoch milliseconds. */
  readonly event_time?: number | null;
}

/** A feature as training names it; `unit` is UCUM, null where there is none. */
export interface FeatureName {
  readonly name: string;
  readonly unit: string | null;
}

/** Writes one reading's features to `out` from index `at`, in the model's order; NaN is missing, true is 1. */
export type FeatureFiller = (reading: FeatureSource, out: Float64Array, at: number) => void;

type StreamFeature = VitalName | 'age' | 'supplemental_oxygen' | DerivedFeature;

type Reader = (reading: FeatureSource) => number | boolean | null;

/** One reader a feature: each meets one property only, which keeps the access monomorphic. */
const READERS: Record<StreamFeature, Reader> = {
  heart_rate: (reading) => reading.heart_rate,
  respiratory_rate: (reading) => reading.respiratory_rate,
  spo2: (reading) => reading.spo2,
  systolic_bp: (reading) => reading.systolic_bp,
  diastolic_bp: (reading) => reading.diastolic_bp,
  mean_bp: (reading) => reading.mean_bp,
  temperature: (reading) => reading.temperature,
  glucose: (reading) => reading.glucose,
  age: (reading) => reading.age,
  supplemental_oxygen: (reading) => reading.supplemental_oxygen,
  ...DERIVED_READERS,
};

const UNITS: ReadonlyMap<string, string | null> = new Map<string, string | null>([
  ...VITALS.map((vital) => [vital.name, vital.unit] as const),
  ['age', 'a'],
  ...DERIVED_UNITS,
]);

/** The UCUM unit of a feature that the stream knows; null for any other name. */
export function featureUnit(name: string): string | null {
  return UNITS.get(name) ?? null;
}

/**
 * What a model of the stream looks at. Glucose and mean pressure are left out: most readings lack them, and a model
 * would learn when they are measured rather than what they say.
 */
export const STREAM_FEATURES: readonly FeatureName[] = (
  [
    'heart_rate',
    'respiratory_rate',
    'spo2',
    'systolic_bp',
    'diastolic_bp',
    'temperature',
    'age',
    'supplemental_oxygen',
  ] satisfies StreamFeature[]
).map((name) => ({ name, unit: featureUnit(name) }));

/**
 * Those features with what follows from them, and the hour: for a network, which would have to find a quotient by
 * itself, and in which noon and midnight differ.
 */
export const DERIVED_STREAM_FEATURES: readonly FeatureName[] = [
  ...STREAM_FEATURES,
  ...Object.keys(DERIVED_READERS).map((name) => ({ name, unit: featureUnit(name) })),
];

/** The readings' properties that a feature is made from; null for a feature that a reading does not have. */
export function featureInputs(name: string): readonly string[] | null {
  if (Object.hasOwn(DERIVED_INPUTS, name)) return DERIVED_INPUTS[name as DerivedFeature];
  return Object.hasOwn(READERS, name) ? [name] : null;
}

/**
 * The one way from a reading to a row of numbers, for training and for the stream alike.
 *
 * @param features of the model, in its order
 * @throws ConfigurationError for a feature that a reading does not have, or has in another unit
 */
export function featureFiller(
  features: readonly { readonly name: string; readonly unit?: string | null }[],
): FeatureFiller {
  const readers = features.map(({ name, unit }) => {
    const reader = readerOf(name);
    requireUnit(name, unit ?? null);
    return reader;
  });
  return (reading, out, at) => {
    for (let i = 0; i < readers.length; i++) {
      const value = readers[i]!(reading);
      out[at + i] = value === null ? NaN : +value;
    }
  };
}

function readerOf(name: string): Reader {
  if (Object.hasOwn(READERS, name)) return READERS[name as StreamFeature];
  if (parseHistoryFeature(name) !== null) {
    const problem = `feature '${name}' needs the patient's past, and a reading is scored on its own`;
    throw new ConfigurationError('--model', problem, 'Use vitals model score, which reads a lake or a file.');
  }
  const known = Object.keys(READERS).join(', ');
  throw new ConfigurationError(
    '--model',
    `feature '${name}' is not part of a reading`,
    `Use a model whose features are among: ${known}.`,
  );
}

function requireUnit(name: string, unit: string | null): void {
  const known = featureUnit(name);
  if (unit === null || known === null || unit === known) return;
  const problem = `feature '${name}' is in ${unit}, and a reading has it in ${known}`;
  throw new ConfigurationError('--model', problem, `Train the model on values in ${known}.`);
}
