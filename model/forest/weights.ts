import { ConfigurationError } from '../../schema/errors.js';
import type { Trees } from './trees.js';
import { findFault } from './verify.js';

/** `VITALSIF`, the first eight bytes. */
const MAGIC = 0x56495441_4c534946n;
const LAYOUT_VERSION = 1;
const HEADER_BYTES = 40;

/** Bytes of one node: float64 value, uint32 count, int32 feature. */
const NODE_BYTES = 16;

/** The bytes of weights.bin, little-endian (docs/model-format.md): same trees, same bytes, on every platform. */
export function encodeWeights(trees: Trees): Uint8Array {
  const { nodes, feature, value, count } = trees;
  const bytes = new Uint8Array(weightsBytes(nodes.length, feature.length));
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, MAGIC);
  const header = [LAYOUT_VERSION, trees.features, nodes.length, trees.sampleSize, trees.depthLimit, feature.length];
  header.forEach((field, i) => view.setUint32(8 + 4 * i, field, true));
  view.setFloat64(32, trees.normalizer, true);
  const parts = partOffsets(nodes.length, feature.length);
  value.forEach((number, i) => view.setFloat64(parts.value + 8 * i, number, true));
  nodes.forEach((number, i) => view.setUint32(parts.nodes + 4 * i, number, true));
  count.forEach((number, i) => view.setUint32(parts.count + 4 * i, number, true));
  feature.forEach((number, i) => view.setInt32(parts.feature + 4 * i, number, true));
  return bytes;
}

/**
 * Reads weights.bin and checks all of it: sizes, finite numbers, and that every tree is one.
 *
 * @param subject what to call the file in an error
 * @throws ConfigurationError where anything is wrong
 */
export function decodeWeights(bytes: Uint8Array, subject: string): Trees {
  const refuse = (problem: string): ConfigurationError => new ConfigurationError(subject, problem, REMEDY);
  if (bytes.length < HEADER_BYTES) throw refuse(`${bytes.length} bytes are too few for a header`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getBigUint64(0) !== MAGIC) throw refuse('not the weights of a forest');
  const [layout, features, trees, sampleSize, depthLimit, total] = [8, 12, 16, 20, 24, 28].map((at) =>
    view.getUint32(at, true),
  ) as [number, number, number, number, number, number];
  if (layout !== LAYOUT_VERSION) throw refuse(`layout ${layout} is not one that this version reads`);
  const size = weightsBytes(trees, total);
  if (bytes.length !== size) throw refuse(`${bytes.length} bytes where ${trees} trees of ${total} nodes take ${size}`);
  const parts = partOffsets(trees, total);
  const decoded: Trees = {
    features,
    sampleSize,
    depthLimit,
    normalizer: view.getFloat64(32, true),
    nodes: Uint32Array.from({ length: trees }, (_, i) => view.getUint32(parts.nodes + 4 * i, true)),
    feature: Int32Array.from({ length: total }, (_, i) => view.getInt32(parts.feature + 4 * i, true)),
    value: Float64Array.from({ length: total }, (_, i) => view.getFloat64(parts.value + 8 * i, true)),
    count: Uint32Array.from({ length: total }, (_, i) => view.getUint32(parts.count + 4 * i, true)),
  };
  const fault = findFault(decoded);
  if (fault !== null) throw refuse(fault);
  return decoded;
}

const REMEDY = 'Copy the model folder again, or train it again with vitals model train.';

function weightsBytes(trees: number, nodes: number): number {
  return HEADER_BYTES + NODE_BYTES * nodes + 4 * trees;
}

function partOffsets(trees: number, nodes: number): { value: number; nodes: number; count: number; feature: number } {
  const value = HEADER_BYTES;
  const perTree = value + 8 * nodes;
  const count = perTree + 4 * trees;
  return { value, nodes: perTree, count, feature: count + 4 * nodes };
}
