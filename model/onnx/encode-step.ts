import { createEncoder, INDICATOR_SLOT } from '../features/encoder.js';
import { SCALED_LIMIT } from '../features/scaling.js';
import type { ModelFeature } from '../model.js';
import type { OnnxGraph } from './graph.js';

/** A step of rows as a network reads it (model/features/encoder.ts). */
export interface EncodedStep {
  /** One column a slot. */
  readonly slots: string;
  /** By slot: 1 where there is something to be wrong about, 0 for a value that is missing. */
  readonly present: string;
  /** One truth a row: whether at least half of the features are there. */
  readonly scorable: string;
}

/** Encodes the columns of one step, NaN where a value is missing. */
export function encodeStep(graph: OnnxGraph, step: string, features: readonly ModelFeature[]): EncodedStep {
  const { featureOf, kindOf } = createEncoder(features);
  const missing = graph.number(graph.node('IsNaN', [step]));
  const columns = features.flatMap((feature, i) => encodeFeature(graph, graph.columns(step, [i]), feature));
  const isValue = Array.from(kindOf, (kind) => (kind === INDICATOR_SLOT ? 0 : 1));
  const lacking = graph.node('Mul', [
    graph.columns(missing, [...featureOf]),
    graph.constant(isValue, 1, isValue.length),
  ]);
  return {
    slots: graph.node('Concat', columns, { axis: 1 }),
    present: graph.node('Sub', [graph.constant([1]), lacking]),
    scorable: graph.node('LessOrEqual', [graph.rowSums(missing), graph.constant([features.length / 2])]),
  };
}

/** The slots of a feature, in the order of the encoder: one column each. */
function encodeFeature(graph: OnnxGraph, value: string, { scaling, median }: ModelFeature): string[] {
  const missing = graph.node('IsNaN', [value]);
  const orElse = (standIn: number, encoded: string) =>
    graph.node('Where', [missing, graph.constant([standIn]), encoded]);
  const indicator = scaling?.indicator === true ? [graph.number(missing)] : [];
  switch (scaling?.kind) {
    case 'standard':
      return [orElse(0, scaled(graph, value, scaling.mean, 1 / scaling.deviation)), ...indicator];
    case 'cycle': {
      const turns = graph.node('Mul', [value, graph.constant([1 / scaling.period])]);
      return [orElse(0, sine(graph, turns, 0)), orElse(0, sine(graph, turns, 0.25)), ...indicator];
    }
    default:
      return [orElse(median, value), ...indicator];
  }
}

function scaled(graph: OnnxGraph, value: string, mean: number, factor: number): string {
  const difference = graph.node('Sub', [value, graph.constant([mean])]);
  const inDeviations = graph.node('Mul', [difference, graph.constant([factor])]);
  return graph.node('Clip', [inDeviations, graph.constant([-SCALED_LIMIT]), graph.constant([SCALED_LIMIT])]);
}

/** The sine of turns that are so much further on; of whole turns nothing is kept, because the sine of a large angle has few digits. */
function sine(graph: OnnxGraph, turns: string, further: number): string {
  const part = graph.node('Sub', [turns, graph.node('Floor', [turns])]);
  const angle = graph.node('Mul', [
    graph.node('Add', [part, graph.constant([further])]),
    graph.constant([2 * Math.PI]),
  ]);
  return graph.node('Sin', [angle]);
}
