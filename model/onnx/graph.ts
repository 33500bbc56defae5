import type { Graph, Model, Node, Tensor, Value } from './messages.js';

/** TensorProto.DataType of ONNX. */
const DOUBLE = 11;
const INT64 = 7;
/** AttributeProto.AttributeType of ONNX. */
const INT_ATTRIBUTE = 2;
const IR_VERSION = 8;
/** Of ONNX 1.12: what every runtime since 2022 reads. */
const OPERATOR_SET = 17;

/** Puts a graph together, operator by operator; every value is named by a string, as in ONNX itself. */
export class OnnxGraph {
  private readonly nodes: Node[] = [];
  private readonly tensors: Tensor[] = [];

  /** Numbers of a shape, float64; without one, a single number. */
  constant(values: Iterable<number>, ...dims: readonly number[]): string {
    return this.tensor(DOUBLE, dims, new Float64Array(values));
  }

  /** Whole numbers in a row: places, axes. */
  places(values: readonly number[]): string {
    return this.tensor(INT64, [values.length], BigInt64Array.from(values, BigInt));
  }

  /** The result of an operator. */
  node(opType: string, input: readonly string[], attributes: Readonly<Record<string, number>> = {}): string {
    const output = `${opType.toLowerCase()}_${this.nodes.length}`;
    const attribute = Object.entries(attributes).map(([name, i]) => ({ name, i, type: INT_ATTRIBUTE }));
    this.nodes.push({ input, output: [output], opType, attribute });
    return output;
  }

  /** Columns of a matrix, in any order, also more than once. */
  columns(value: string, columns: readonly number[]): string {
    return this.node('Gather', [value, this.places(columns)], { axis: 1 });
  }

  /** A 1 where a condition holds, else a 0. */
  number(condition: string): string {
    return this.node('Cast', [condition], { to: DOUBLE });
  }

  /** The sum of each row: one number a row. */
  rowSums(value: string): string {
    return this.node('ReduceSum', [value, this.places([1])], { keepdims: 0 });
  }

  /** The whole as a model that maps `rows` (count x width) to `scores` (count), both float64. */
  model(width: number, scores: string, about: Omit<Model, 'graph' | 'irVersion' | 'opsetImport'>): Model {
    this.nodes.push({ input: [scores], output: ['scores'], opType: 'Identity', attribute: [] });
    const count = { value: { oneofKind: 'dimParam', dimParam: 'count' } } as const;
    const columns = { value: { oneofKind: 'dimValue', dimValue: width } } as const;
    const graph: Graph = {
      ...{ node: this.nodes, name: 'score', initializer: this.tensors },
      input: [matrix('rows', [count, columns])],
      output: [matrix('scores', [count])],
    };
    return { ...about, irVersion: IR_VERSION, graph, opsetImport: [{ domain: '', version: OPERATOR_SET }] };
  }

  private tensor(dataType: number, dims: readonly number[], values: Float64Array | BigInt64Array): string {
    const name = `constant_${this.tensors.length}`;
    const rawData = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    this.tensors.push({ dims, dataType, name, rawData });
    return name;
  }
}

function matrix(name: string, dim: Value['type']['tensorType']['shape']['dim']): Value {
  return { name, type: { tensorType: { elemType: DOUBLE, shape: { dim } } } };
}
