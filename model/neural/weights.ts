import { ConfigurationError } from '../../schema/errors.js';
import type { Layer, NetworkWeights } from './layers.js';
import { findNetworkFault, NETWORK_LIMITS } from './verify.js';

/** `VITALSNN`, the first eight bytes. */
const MAGIC = 0x56495441_4c534e4en;
const LAYOUT_VERSION = 1;
const HEADER_BYTES = 28;
const LAYER_BYTES = 12;
const REMEDY = 'Copy the model folder again, or train it again with vitals model train.';

/** What a layer's first number says: its place in this list. */
const LAYER_KINDS = ['dense linear', 'dense softsign', 'lstm'] as const;

/** The bytes of a network's weights.bin, little-endian (docs/model-format.md). */
export function encodeNetwork({ features, slots, steps, layers, typical }: NetworkWeights): Uint8Array {
  const arrays = layers.flatMap(arraysOf);
  const start = HEADER_BYTES + LAYER_BYTES * layers.length;
  const size = start + 8 * features + arrays.reduce((bytes, array) => bytes + 4 * array.length, 0);
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, MAGIC);
  [LAYOUT_VERSION, features, slots, steps, layers.length].forEach((field, i) => view.setUint32(8 + 4 * i, field, true));
  layers.forEach((layer, i) => {
    const at = HEADER_BYTES + LAYER_BYTES * i;
    view.setUint32(at, LAYER_KINDS.indexOf(layer.kind === 'lstm' ? 'lstm' : `dense ${layer.activation}`), true);
    view.setUint32(at + 4, layer.inputs, true);
    view.setUint32(at + 8, layer.outputs, true);
  });
  typical.forEach((error, i) => view.setFloat64(start + 8 * i, error, true));
  let at = start + 8 * features;
  for (const array of arrays) for (const weight of array) at = setFloat(view, at, weight);
  return bytes;
}

/**
 * Reads a network's weights.bin and checks all of it: sizes, finite numbers, and that each layer fits the next.
 *
 * @param subject what to call the file in an error
 * @throws ConfigurationError where anything is wrong
 */
export function decodeNetwork(bytes: Uint8Array, subject: string): NetworkWeights {
  const refuse = (problem: string): ConfigurationError => new ConfigurationError(subject, problem, REMEDY);
  if (bytes.length < HEADER_BYTES) throw refuse(`${bytes.length} bytes are too few for a header`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getBigUint64(0) !== MAGIC) throw refuse('not the weights of a network');
  const layout = view.getUint32(8, true);
  if (layout !== LAYOUT_VERSION) throw refuse(`layout ${layout} is not one that this version reads`);
  const [features, slots, steps, count] = [12, 16, 20, 24].map((at) => view.getUint32(at, true)) as [
    number,
    number,
    number,
    number,
  ];
  if (count > NETWORK_LIMITS.layers || features > NETWORK_LIMITS.slots) throw refuse('not the header of a network');
  const start = HEADER_BYTES + LAYER_BYTES * count;
  if (bytes.length < start + 8 * features) throw refuse(`${bytes.length} bytes are too few for ${count} layers`);
  const shapes = Array.from({ length: count }, (_, i) => readShape(view, HEADER_BYTES + LAYER_BYTES * i));
  if (shapes.some((shape) => shape === null)) throw refuse('a layer is of a kind or size that this version lacks');
  const known = shapes as Layer[];
  const size = start + 8 * features + known.reduce((sum, layer) => sum + 4 * weightsOf(layer), 0);
  if (bytes.length !== size) throw refuse(`${bytes.length} bytes where the layers take ${size}`);
  const typical = Float64Array.from({ length: features }, (_, i) => view.getFloat64(start + 8 * i, true));
  const network = { features, slots, steps, layers: readLayers(view, start + 8 * features, known), typical };
  const fault = findNetworkFault(network);
  if (fault !== null) throw refuse(fault);
  return network;
}

const NONE = new Float32Array();

/** A layer without its weights; null for one that cannot be. */
function readShape(view: DataView, at: number): Layer | null {
  const kind = LAYER_KINDS[view.getUint32(at, true)];
  const inputs = view.getUint32(at + 4, true);
  const outputs = view.getUint32(at + 8, true);
  if (kind === undefined || !isSize(inputs) || !isSize(outputs)) return null;
  if (kind === 'lstm') return { kind, inputs, outputs, kernel: NONE, recurrent: NONE, bias: NONE };
  const activation = kind === 'dense softsign' ? 'softsign' : 'linear';
  return { kind: 'dense', activation, inputs, outputs, kernel: NONE, bias: NONE };
}

function isSize(size: number): boolean {
  return size >= 1 && size <= NETWORK_LIMITS.slots;
}

function readLayers(view: DataView, start: number, shapes: readonly Layer[]): Layer[] {
  let at = start;
  const take = (length: number): Float32Array =>
    Float32Array.from({ length }, () => view.getFloat32((at += 4) - 4, true));
  return shapes.map((shape) => {
    const { inputs, outputs } = shape;
    if (shape.kind === 'dense') return { ...shape, kernel: take(inputs * outputs), bias: take(outputs) };
    const kernel = take(4 * inputs * outputs);
    return { ...shape, kernel, recurrent: take(4 * outputs * outputs), bias: take(4 * outputs) };
  });
}

function weightsOf({ kind, inputs, outputs }: Layer): number {
  return kind === 'dense' ? (inputs + 1) * outputs : 4 * outputs * (inputs + outputs + 1);
}

function arraysOf(layer: Layer): Float32Array[] {
  return layer.kind === 'dense' ? [layer.kernel, layer.bias] : [layer.kernel, layer.recurrent, layer.bias];
}

function setFloat(view: DataView, at: number, value: number): number {
  view.setFloat32(at, value, true);
  return at + 4;
}
