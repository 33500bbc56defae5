import type { TrainedModel } from './algorithms.js';
import type { Calibration } from './calibration/calibration.js';
import { createForestModel } from './forest/model.js';
import { createNeuralModel } from './neural/neural-model.js';
import type { HeldOutMetrics, SplitRecord } from './training-split.js';

/** What may be known of a model only after it was trained. */
export interface LaterKnown {
  /** Its default becomes the model's threshold: who knows no ward agrees with who does. */
  readonly calibration?: Calibration;
  /** What made the rows, where they are not a hospital's: a test on rows of the same generator proves little. */
  readonly generator?: 'simulator';
  readonly split?: SplitRecord;
  readonly heldOut?: HeldOutMetrics;
  /** Hex SHA-256 of data and options: what a scheduler knows a model again by. */
  readonly recipe?: string;
}

/** The same model with more known about it. Only a calibration gives it another id: the others change no score and no alert. */
export function remakeModel(model: TrainedModel, known: LaterKnown): TrainedModel {
  const { calibration, generator, split, heldOut, recipe } = known;
  const changes = calibration === undefined ? {} : { calibration, threshold: calibration.default };
  const record = {
    ...(generator === undefined ? {} : { generator }),
    ...(split === undefined ? {} : { split }),
    ...(recipe === undefined ? {} : { recipe }),
  };
  const metrics = heldOut === undefined ? model.metrics : { ...model.metrics, held_out: heldOut };
  return model.kind === 'forest'
    ? createForestModel({ ...model, ...changes, metrics, training: { ...model.training, ...record } })
    : createNeuralModel({ ...model, ...changes, metrics, training: { ...model.training, ...record } });
}
