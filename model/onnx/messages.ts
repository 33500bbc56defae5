import { LongType, MessageType, RepeatType, ScalarType, type PartialFieldInfo } from '@protobuf-ts/runtime';

/** The part of ONNX's messages that a network needs; field numbers as onnx.proto of ONNX 1.12 (IR version 8) has them. */
export interface Model {
  readonly irVersion: number;
  readonly producerName: string;
  readonly producerVersion: string;
  readonly graph: Graph;
  readonly opsetImport: readonly { readonly domain: string; readonly version: number }[];
  readonly metadataProps: readonly { readonly key: string; readonly value: string }[];
}

export interface Graph {
  readonly node: readonly Node[];
  readonly name: string;
  readonly initializer: readonly Tensor[];
  readonly input: readonly Value[];
  readonly output: readonly Value[];
}

export interface Node {
  readonly input: readonly string[];
  readonly output: readonly string[];
  readonly opType: string;
  readonly attribute: readonly { readonly name: string; readonly i: number; readonly type: number }[];
}

export interface Tensor {
  readonly dims: readonly number[];
  readonly dataType: number;
  readonly name: string;
  /** Little-endian. */
  readonly rawData: Uint8Array;
}

export interface Value {
  readonly name: string;
  readonly type: {
    readonly tensorType: { readonly elemType: number; readonly shape: { readonly dim: readonly Dimension[] } };
  };
}

/** A size, or the name of one that is not fixed. */
export type Dimension =
  | { readonly value: { readonly oneofKind: 'dimValue'; readonly dimValue: number } }
  | { readonly value: { readonly oneofKind: 'dimParam'; readonly dimParam: string } };

const scalar = (no: number, name: string, T: ScalarType): PartialFieldInfo =>
  T === ScalarType.INT64 ? { no, name, kind: 'scalar', T, L: LongType.NUMBER } : { no, name, kind: 'scalar', T };
const scalars = (no: number, name: string, T: ScalarType): PartialFieldInfo =>
  ({ ...scalar(no, name, T), repeat: RepeatType.UNPACKED }) as PartialFieldInfo;
const message = (no: number, name: string, type: MessageType<object>): PartialFieldInfo => ({
  ...{ no, name, kind: 'message' },
  T: () => type,
});
const messages = (no: number, name: string, type: MessageType<object>): PartialFieldInfo =>
  ({ ...message(no, name, type), repeat: RepeatType.UNPACKED }) as PartialFieldInfo;
const oneOf = (field: PartialFieldInfo): PartialFieldInfo => ({ ...field, oneof: 'value' }) as PartialFieldInfo;

const { INT32, INT64, STRING, BYTES } = ScalarType;

const OPERATOR_SET = new MessageType<object>('onnx.OperatorSetIdProto', [
  scalar(1, 'domain', STRING),
  scalar(2, 'version', INT64),
]);
const ENTRY = new MessageType<object>('onnx.StringStringEntryProto', [
  scalar(1, 'key', STRING),
  scalar(2, 'value', STRING),
]);
const ATTRIBUTE = new MessageType<object>('onnx.AttributeProto', [
  scalar(1, 'name', STRING),
  scalar(3, 'i', INT64),
  scalar(20, 'type', INT32),
]);
const NODE = new MessageType<object>('onnx.NodeProto', [
  scalars(1, 'input', STRING),
  scalars(2, 'output', STRING),
  scalar(4, 'op_type', STRING),
  messages(5, 'attribute', ATTRIBUTE),
]);
const TENSOR = new MessageType<object>('onnx.TensorProto', [
  scalars(1, 'dims', INT64),
  scalar(2, 'data_type', INT32),
  scalar(8, 'name', STRING),
  scalar(9, 'raw_data', BYTES),
]);
const DIMENSION = new MessageType<object>('onnx.TensorShapeProto.Dimension', [
  oneOf(scalar(1, 'dim_value', INT64)),
  oneOf(scalar(2, 'dim_param', STRING)),
]);
const SHAPE = new MessageType<object>('onnx.TensorShapeProto', [messages(1, 'dim', DIMENSION)]);
const TENSOR_TYPE = new MessageType<object>('onnx.TypeProto.Tensor', [
  scalar(1, 'elem_type', INT32),
  message(2, 'shape', SHAPE),
]);
const TYPE = new MessageType<object>('onnx.TypeProto', [message(1, 'tensor_type', TENSOR_TYPE)]);
const VALUE = new MessageType<object>('onnx.ValueInfoProto', [scalar(1, 'name', STRING), message(2, 'type', TYPE)]);
const GRAPH = new MessageType<object>('onnx.GraphProto', [
  messages(1, 'node', NODE),
  scalar(2, 'name', STRING),
  messages(5, 'initializer', TENSOR),
  messages(11, 'input', VALUE),
  messages(12, 'output', VALUE),
]);
const MODEL = new MessageType<object>('onnx.ModelProto', [
  scalar(1, 'ir_version', INT64),
  scalar(2, 'producer_name', STRING),
  scalar(3, 'producer_version', STRING),
  message(7, 'graph', GRAPH),
  messages(8, 'opset_import', OPERATOR_SET),
  messages(14, 'metadata_props', ENTRY),
]);

/** A model as the bytes of an .onnx file. */
export function encodeOnnx(model: Model): Uint8Array {
  return MODEL.toBinary(MODEL.create(model));
}
