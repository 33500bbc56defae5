import { ALGORITHMS, type TrainedModel } from './algorithms.js';
import type { TrainingData } from './algorithm.js';
import type { ModelKind } from './model.js';
import type { TrainingOptions } from './training-options.js';

export { trainForest, trainForestOn } from './forest/fit.js';

/**
 * Trains a model of any algorithm.
 *
 * @throws ConfigurationError naming the option, the column or the package that is wrong
 */
export function trainModel(kind: ModelKind, data: TrainingData, options: TrainingOptions): Promise<TrainedModel> {
  return ALGORITHMS[kind].fit(data, options);
}
