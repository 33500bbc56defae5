import { ConfigurationError } from '../schema/errors.js';
import { featureFiller } from './features.js';
import type { AnomalyModel } from './model.js';

/**
 * Refuses a model that cannot score readings one by one, before anything is read. Silver holds row-local values only:
 * what needs a patient's past would depend on how the input was cut into batches.
 *
 * @throws ConfigurationError for a model that reads windows or history, of features that a reading does not have, or of
 * other units
 */
export function requireStreamModel(model: AnomalyModel): void {
  if (model.window !== undefined && model.window !== null) {
    throw new ConfigurationError(
      '--model',
      `${model.id} reads ${model.window.steps} steps of a patient's past, and silver scores each reading on its own`,
      'Run with a forest or an autoencoder, and score the lake afterwards: vitals model score --lake DIR.',
    );
  }
  featureFiller(model.features);
}
