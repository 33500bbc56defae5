import type { Tensor, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { uniformSource } from '../forest/random.js';
import { batchOrder } from './batch-order.js';
import type { Layer } from './layers.js';
import { buildLibraryModel, weightsOfLibraryModel, type LayerPlan } from './library-model.js';
import type { Library } from './library.js';

/** Encoded rows to learn from, all in scaled units. */
export interface Lessons {
  readonly count: number;
  readonly slots: number;
  /** Steps that the network reads. */
  readonly steps: number;
  /** count x steps x slots. */
  readonly inputs: Float32Array;
  /** count x slots: what the network shall say. */
  readonly targets: Float32Array;
  /** count x slots: 1 where the target is there, 0 where it is missing. */
  readonly masks: Float32Array;
}

export interface LearningOptions {
  readonly seed: number;
  readonly updates: number;
  readonly batchSize: number;
  readonly learningRate: number;
}

/** The weights, and the mean loss of the last tenth of the batches. */
export interface Learned {
  readonly layers: readonly Layer[];
  readonly loss: number;
}

/**
 * Trains a network with TensorFlow.js: Adam (Kingma and Ba 2015) on the mean squared error of what is there.
 *
 * First weights and the order of rows follow from the seed, and the backend runs on one thread: same rows and options,
 * same weights, on the same machine and version of the library. Another processor may round otherwise.
 */
export function learn(
  library: Library,
  plans: readonly LayerPlan[],
  lessons: Lessons,
  options: LearningOptions,
): Learned {
  const model = buildLibraryModel(library, plans, lessons, options.seed);
  const losses = runUpdates(library, model, lessons, options);
  const layers = weightsOfLibraryModel(model, plans, lessons.slots);
  model.dispose();
  const counted = losses.slice(-Math.ceil(losses.length / 10));
  return { layers, loss: counted.reduce((sum, loss) => sum + loss, 0) / counted.length };
}

function runUpdates({ core }: Library, model: LayersModel, lessons: Lessons, options: LearningOptions): number[] {
  const { count, slots, steps, inputs, targets, masks } = lessons;
  const optimizer = core.train.adam(options.learningRate);
  const order = batchOrder(count, uniformSource('batches', options.seed));
  const size = Math.min(options.batchSize, count);
  const rows = (values: Float32Array, width: number, chosen: Uint32Array): Float32Array => {
    const taken = new Float32Array(size * width);
    chosen.forEach((row, i) => taken.set(values.subarray(row * width, (row + 1) * width), i * width));
    return taken;
  };
  const isSequence = model.inputs[0]!.shape.length === 3;
  const losses = Array.from({ length: options.updates }, () =>
    core.tidy(() => {
      const chosen = order(size);
      const flat = rows(inputs, steps * slots, chosen);
      const x: Tensor3D | Tensor2D = isSequence
        ? core.tensor3d(flat, [size, steps, slots])
        : core.tensor2d(flat, [size, slots]);
      const y = core.tensor2d(rows(targets, slots, chosen), [size, slots]);
      const mask = core.tensor2d(rows(masks, slots, chosen), [size, slots]);
      const loss = optimizer.minimize(() => {
        const expected = model.apply(x, { training: true }) as Tensor;
        return core.mean(core.mul(core.square(core.sub(expected, y)), mask));
      }, true)!;
      return loss.dataSync()[0]!;
    }),
  );
  optimizer.dispose();
  return losses;
}
