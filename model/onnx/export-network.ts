import type { DenseLayer, LstmLayer } from '../neural/layers.js';
import { sumOf } from '../neural/error-score.js';
import type { NeuralModel } from '../neural/neural-model.js';
import { encodeStep, type EncodedStep } from './encode-step.js';
import { OnnxGraph } from './graph.js';
import { encodeOnnx } from './messages.js';

/**
 * An autoencoder or LSTM as an ONNX model: `rows` (count x values of a row, float64, NaN is missing; of a window step by step, the
 * oldest first) to `scores` (count, float64, NaN as in AnomalyModel.score). Plain operators of set 17 in float64, so that a runtime
 * gives our scores within rounding.
 */
export function exportNetwork(model: NeuralModel): Uint8Array {
  const { network, features, id } = model;
  const graph = new OnnxGraph();
  const steps = Array.from({ length: network.steps }, (_, step) => {
    const columns = features.map((_feature, i) => step * features.length + i);
    return encodeStep(graph, graph.columns('rows', columns), features);
  });
  const last = steps.at(-1)!;
  const difference = graph.node('Sub', [last.slots, predicted(graph, model, steps)]);
  const errors = graph.node('Mul', [graph.node('Mul', [difference, difference]), last.present]);
  const error = graph.rowSums(errors);
  const whole = graph.node('Add', [error, graph.constant([sumOf(network.typical)])]);
  const scores = graph.node('Where', [
    scorable(graph, steps),
    graph.node('Div', [error, whole]),
    graph.constant([NaN]),
  ]);
  return encodeOnnx(
    graph.model(features.length * network.steps, scores, {
      ...{ producerName: 'vitals-lakehouse', producerVersion: model.codeVersion },
      metadataProps: Object.entries({
        model_id: id,
        features: JSON.stringify(features.map(({ name, unit }) => ({ name, unit }))),
        threshold: String(model.threshold),
        window: JSON.stringify(model.window),
      }).map(([key, value]) => ({ key, value })),
    }),
  );
}

/** What the network expects of the last step: of one step its reconstruction, of a window what follows from the steps before. */
function predicted(graph: OnnxGraph, { network }: NeuralModel, steps: readonly EncodedStep[]): string {
  const read = steps.slice(0, Math.max(1, steps.length - 1)).map(({ slots }) => slots);
  let values = read[0]!;
  for (const layer of network.layers) {
    values = layer.kind === 'dense' ? dense(graph, layer, values) : lstm(graph, layer, read);
  }
  return values;
}

/** A window also needs one earlier step that could be scored. */
function scorable(graph: OnnxGraph, steps: readonly EncodedStep[]): string {
  const own = steps.at(-1)!.scorable;
  const earlier = steps.slice(0, -1).map((step) => step.scorable);
  if (earlier.length === 0) return own;
  return graph.node('And', [own, earlier.reduce((any, one) => graph.node('Or', [any, one]))]);
}

function dense(graph: OnnxGraph, layer: DenseLayer, values: string): string {
  const sums = affine(graph, layer, values);
  return layer.activation === 'linear' ? sums : softsign(graph, sums);
}

function lstm(graph: OnnxGraph, layer: LstmLayer, steps: readonly string[]): string {
  const { outputs } = layer;
  const recurrent = graph.constant(layer.recurrent, outputs, 4 * outputs);
  const gate = (sums: string, at: number) =>
    graph.columns(
      sums,
      Array.from({ length: outputs }, (_, unit) => at * outputs + unit),
    );
  let state: string | null = null;
  let cell: string | null = null;
  for (const step of steps) {
    let sums = affine(graph, layer, step);
    if (state !== null) sums = graph.node('Add', [sums, graph.node('MatMul', [state, recurrent])]);
    const taken = graph.node('Mul', [hardSigmoid(graph, gate(sums, 0)), softsign(graph, gate(sums, 2))]);
    cell =
      cell === null ? taken : graph.node('Add', [graph.node('Mul', [hardSigmoid(graph, gate(sums, 1)), cell]), taken]);
    state = graph.node('Mul', [hardSigmoid(graph, gate(sums, 3)), softsign(graph, cell)]);
  }
  return state!;
}

function affine(graph: OnnxGraph, { kernel, bias }: DenseLayer | LstmLayer, values: string): string {
  const columns = bias.length;
  const product = graph.node('MatMul', [values, graph.constant(kernel, kernel.length / columns, columns)]);
  return graph.node('Add', [product, graph.constant(bias, 1, columns)]);
}

function softsign(graph: OnnxGraph, values: string): string {
  return graph.node('Div', [values, graph.node('Add', [graph.node('Abs', [values]), graph.constant([1])])]);
}

function hardSigmoid(graph: OnnxGraph, values: string): string {
  const line = graph.node('Add', [graph.node('Mul', [values, graph.constant([0.2])]), graph.constant([0.5])]);
  return graph.node('Clip', [line, graph.constant([0]), graph.constant([1])]);
}
