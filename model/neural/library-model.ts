import type { LayersModel, SymbolicTensor } from '@tensorflow/tfjs-layers';
import { uniformSource } from '../forest/random.js';
import type { Layer, NetworkWeights } from './layers.js';
import type { Library } from './library.js';

/** A layer to train: its weights are what training finds. */
export type LayerPlan =
  | { readonly kind: 'dense'; readonly activation: 'linear' | 'softsign'; readonly outputs: number }
  | { readonly kind: 'lstm'; readonly outputs: number };

/**
 * A network of TensorFlow.js with first weights that follow from the seed (uniform, Glorot and Bengio 2010).
 *
 * @param steps that the network reads; without effect where no layer is recurrent
 */
export function buildLibraryModel(
  { layers }: Library,
  plans: readonly LayerPlan[],
  { slots, steps }: { readonly slots: number; readonly steps: number },
  seed: number,
): LayersModel {
  const random = uniformSource('network', seed);
  const initializer = () => layers.initializers.glorotUniform({ seed: Math.floor(random() * 2 ** 31) });
  const input = layers.input({ shape: plans[0]?.kind === 'lstm' ? [steps, slots] : [slots] });
  const output = plans.reduce<SymbolicTensor>((values, plan) => {
    const units = plan.outputs;
    const layer =
      plan.kind === 'lstm'
        ? layers.layers.lstm({
            units,
            activation: 'softsign',
            recurrentActivation: 'hardSigmoid',
            kernelInitializer: initializer(),
            recurrentInitializer: initializer(),
          })
        : layers.layers.dense({ units, activation: plan.activation, kernelInitializer: initializer() });
    return layer.apply(values) as SymbolicTensor;
  }, input);
  return layers.model({ inputs: input, outputs: output });
}

/** The plain weights of a network of TensorFlow.js. */
export function weightsOfLibraryModel(model: LayersModel, plans: readonly LayerPlan[], slots: number): Layer[] {
  let inputs = slots;
  return plans.map((plan, i) => {
    // The first layer of the library's model is its input.
    const weights = model.layers[i + 1]!.getWeights().map((tensor) => Float32Array.from(tensor.dataSync()));
    const layer = { inputs, kernel: weights[0]!, bias: weights[weights.length - 1]! };
    inputs = plan.outputs;
    return plan.kind === 'dense' ? { ...plan, ...layer } : { ...plan, ...layer, recurrent: weights[1]! };
  });
}

/** The network of a model folder as one of TensorFlow.js again, to compare with or to take elsewhere. */
export function toLibraryModel(library: Library, { layers, slots, steps }: NetworkWeights): LayersModel {
  const model = buildLibraryModel(library, layers, { slots, steps: Math.max(1, steps - 1) }, 0);
  for (const [i, layer] of layers.entries()) {
    const { inputs, outputs } = layer;
    const tensor = library.core.tensor;
    const weights =
      layer.kind === 'dense'
        ? [tensor(layer.kernel, [inputs, outputs]), tensor(layer.bias, [outputs])]
        : [
            tensor(layer.kernel, [inputs, 4 * outputs]),
            tensor(layer.recurrent, [outputs, 4 * outputs]),
            tensor(layer.bias, [4 * outputs]),
          ];
    model.layers[i + 1]!.setWeights(weights);
  }
  return model;
}
