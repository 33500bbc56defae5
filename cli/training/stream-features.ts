import {
  DERIVED_STREAM_FEATURES,
  featureInputs,
  featureUnit,
  STREAM_FEATURES,
  type FeatureName,
} from '../../model/features.js';
import type { ModelKind } from '../../model/model.js';
import { ConfigurationError } from '../../schema/errors.js';

/**
 * The features to train on where rows are readings: those that were named, else those of the stream, with what follows from them
 * for a network, which would have to find a quotient by itself.
 *
 * @throws ConfigurationError for a feature that a reading does not have
 */
export function streamFeatures(kind: ModelKind, named: readonly string[] | null): readonly FeatureName[] {
  if (named === null) return kind === 'forest' ? STREAM_FEATURES : DERIVED_STREAM_FEATURES;
  const foreign = named.find((name) => featureInputs(name) === null);
  if (foreign === undefined) return named.map((name) => ({ name, unit: featureUnit(name) }));
  const problem = `'${foreign}' is not part of a reading`;
  const known = DERIVED_STREAM_FEATURES.map(({ name }) => name).join(', ');
  throw new ConfigurationError('--features', problem, `Name some of: ${known}.`);
}
