import type { Layer, NetworkWeights } from './layers.js';

/** What a loader accepts: far beyond what training makes, and small enough to be scored. */
export const NETWORK_LIMITS = { layers: 8, slots: 65_535, steps: 240 } as const;

/**
 * What is wrong with a network that was read from a file, as a phrase; null if nothing.
 *
 * A network that passes can be scored, and no score of it is NaN or infinite: its layers fit each other, a window is
 * read by a recurrent layer and a single row by none, every weight is finite, and typical errors are more than zero.
 */
export function findNetworkFault({ features, slots, steps, layers, typical }: NetworkWeights): string | null {
  if (features < 1 || slots < features || slots > 3 * features) return `${slots} slots for ${features} features`;
  if (steps < 1 || steps > NETWORK_LIMITS.steps) return `${steps} steps`;
  if (layers.length === 0) return 'no layers';
  let width = slots;
  for (const [i, layer] of layers.entries()) {
    if (layer.inputs !== width) return `layer ${i} reads ${layer.inputs} numbers where there are ${width}`;
    if ((layer.kind === 'lstm') !== (i === 0 && steps > 1)) return `layer ${i} does not fit rows of ${steps} steps`;
    if (!isFinite(layer)) return `layer ${i} has a weight that is not finite`;
    width = layer.outputs;
  }
  if (width !== slots) return `${width} outputs for ${slots} slots`;
  const wrong = typical.findIndex((error) => !(error > 0 && error < Infinity));
  return wrong === -1 ? null : `a typical error of ${typical[wrong]} for feature ${wrong}`;
}

function isFinite(layer: Layer): boolean {
  const arrays = layer.kind === 'dense' ? [layer.kernel, layer.bias] : [layer.kernel, layer.recurrent, layer.bias];
  return arrays.every((array) => array.every(Number.isFinite));
}
