import { ConfigurationError } from '../schema/errors.js';
import type { Algorithm } from './algorithm.js';
import { createEncoder } from './features/encoder.js';
import { createForestModel, type ForestModel } from './forest/model.js';
import { decodeWeights, encodeWeights } from './forest/weights.js';
import type { ModelDocument } from './model-document.js';
import type { ModelKind } from './model.js';
import { createNeuralModel, type NeuralKind, type NeuralModel } from './neural/neural-model.js';
import { decodeNetwork, encodeNetwork } from './neural/weights.js';

/** A model that came from training or from a folder: {@link encodeModelFolder} can write it. */
export type TrainedModel = ForestModel | NeuralModel;

/**
 * The algorithms, by kind. What trains is imported when it is called: who only scores loads neither
 * ml-isolation-forest nor TensorFlow.js.
 */
export const ALGORITHMS: Readonly<Record<ModelKind, Algorithm<TrainedModel>>> = {
  forest: {
    kind: 'forest',
    readsWindows: false,
    fit: async ({ data, features }, options) => {
      const { trainForestOn } = await import('./forest/fit.js');
      return trainForestOn(data, features, options);
    },
    save: (model) => encodeWeights((model as ForestModel).trees),
    load: loadForest,
  },
  autoencoder: {
    kind: 'autoencoder',
    readsWindows: false,
    fit: async (data, options) => (await import('./autoencoder/fit.js')).fitAutoencoder(data, options),
    save: (model) => encodeNetwork((model as NeuralModel).network),
    load: loadNetwork,
  },
  lstm: {
    kind: 'lstm',
    readsWindows: true,
    fit: async (data, options) => (await import('./lstm/fit.js')).fitLstm(data, options),
    save: (model) => encodeNetwork((model as NeuralModel).network),
    load: loadNetwork,
  },
};

const REMEDY = 'Copy the model folder again, or train it again with vitals model train.';

function loadForest(document: ModelDocument, weights: Uint8Array, subject: string): ForestModel {
  if (document.kind !== 'forest') throw new TypeError(`load: a document of kind '${document.kind}'`);
  const { version, features, threshold, calibration, training, metrics } = document;
  const trees = decodeWeights(weights, subject);
  const described = features.map(({ scaling, ...feature }) => (scaling === 'none' ? feature : { ...feature, scaling }));
  requireWidth(trees.features, createEncoder(described).slots, subject);
  const codeVersion = document.created_with.version;
  return createForestModel({
    ...{ version, features: described, trees, threshold, training, metrics, codeVersion },
    ...(calibration === undefined ? {} : { calibration }),
  });
}

function loadNetwork(document: ModelDocument, weights: Uint8Array, subject: string): NeuralModel {
  if (document.kind === 'forest') throw new TypeError("load: a document of kind 'forest'");
  const { kind, version, features, window, threshold, calibration, training, metrics } = document;
  const network = decodeNetwork(weights, subject);
  requireWidth(network.slots, createEncoder(features).slots, subject);
  requireWidth(network.features, features.length, subject);
  const steps = window?.steps ?? 1;
  if (network.steps !== steps) {
    throw new ConfigurationError(subject, `made for ${network.steps} steps where model.json names ${steps}`, REMEDY);
  }
  const codeVersion = document.created_with.version;
  return createNeuralModel({
    ...{ kind: kind satisfies NeuralKind, version, features, window, network },
    ...{ threshold, training, metrics, codeVersion },
    ...(calibration === undefined ? {} : { calibration }),
  });
}

function requireWidth(made: number, named: number, subject: string): void {
  if (made === named) return;
  throw new ConfigurationError(subject, `made for ${made} features where model.json names ${named}`, REMEDY);
}
