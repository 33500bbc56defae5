import type { TrainingData } from '../algorithm.js';
import { createEncoder } from '../features/encoder.js';
import { networkScalings } from '../features/scaling.js';
import { rowsOver, type WindowSpec } from '../features/windows.js';
import { rowMajor } from '../matrix.js';
import type { ModelFeature } from '../model.js';
import { scoreRows } from '../score-rows.js';
import { thresholdAt } from '../threshold.js';
import { measureScores, sortedScores } from '../training-metrics.js';
import { checkFeatures, resolveTrainingOptions, type TrainingOptions } from '../training-options.js';
import { columnMedians, hashRows } from '../training-rows.js';
import type { NetworkWeights } from './layers.js';
import { learn, type LearningOptions } from './learn.js';
import { copyLessons, encodeLessons, scorableRows, typicalErrors, type CopiedRows } from './lessons.js';
import type { LayerPlan } from './library-model.js';
import { loadLibrary, type Library } from './library.js';
import { createNeuralModel, errorJudge, NEURAL_VERSION, networkScorer } from './neural-model.js';
import type { NeuralKind, NeuralModel } from './neural-model.js';

/** What an algorithm decides: the network's layers, and how long it learns. */
export interface NeuralDesign {
  readonly kind: NeuralKind;
  readonly window: WindowSpec | null;
  /** Layers for encoded steps of so many numbers; the last one has as many outputs. */
  plan(slots: number): LayerPlan[];
  readonly learning: Omit<LearningOptions, 'seed'>;
}

/**
 * Trains a network on readings, or on the windows that end at them.
 *
 * @throws ConfigurationError naming the option or the column that is wrong, or without the library
 */
export async function fitNeural(
  training: TrainingData,
  options: TrainingOptions,
  design: NeuralDesign,
): Promise<NeuralModel> {
  const { seed, thresholdQuantile } = resolveTrainingOptions(options);
  const { data, features: names } = training;
  checkFeatures(names);
  const medians = columnMedians(data, names);
  const source = rowsOver(training.data, training.series, design.window);
  const usable = scorableRows(source, data.width);
  const rows = copyLessons(source, usable, data.width, seed);
  const library = await loadLibrary(design.kind);
  const features = describeFeatures(training, medians, rows);
  const { network, loss } = trainNetwork(library, rows, features, design, seed);
  const scores = scoreRows(source, networkScorer(features, network));
  const sorted = sortedScores(scores);
  return createNeuralModel({
    kind: design.kind,
    version: NEURAL_VERSION,
    features,
    window: design.window,
    network,
    threshold: thresholdAt(sorted, thresholdQuantile),
    training: {
      source: options.source,
      sha256: options.dataSha256 ?? hashRows(data),
      rows: data.count,
      usable_rows: usable.length,
      seed,
      ...(options.reference === undefined ? {} : { reference: options.reference }),
      learned_rows: rows.count,
      updates: design.learning.updates,
      batch_size: Math.min(design.learning.batchSize, rows.count),
      learning_rate: design.learning.learningRate,
      loss,
      trainer: library.name,
      threshold_quantile: thresholdQuantile,
    },
    metrics: measureScores(sorted, scores, options.labels),
    codeVersion: options.codeVersion,
  });
}

/** Scaling is measured on what the network sees: of windows, on their steps, which may be emptier than readings. */
function describeFeatures({ features }: TrainingData, medians: Float64Array, rows: CopiedRows): ModelFeature[] {
  const count = rows.count * rows.steps;
  const steps = rowMajor(rows.values, count, features.length);
  const all = Uint32Array.from({ length: count }, (_, row) => row);
  const names = features.map(({ name }) => name);
  const scalings = networkScalings(steps, all, names);
  return features.map(({ name, unit }, i) => ({ name, unit, median: medians[i]!, scaling: scalings[i]! }));
}

function trainNetwork(
  library: Library,
  rows: CopiedRows,
  features: readonly ModelFeature[],
  { plan, learning }: NeuralDesign,
  seed: number,
): { readonly network: NetworkWeights; readonly loss: number } {
  const encoder = createEncoder(features);
  const { slots, width } = encoder;
  const { layers, loss } = learn(library, plan(slots), encodeLessons(rows, encoder), { ...learning, seed });
  const shape = { features: width, slots, steps: rows.steps, layers };
  return { network: { ...shape, typical: typicalErrors(rows, width, errorJudge(encoder, shape)) }, loss };
}
