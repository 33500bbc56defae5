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
  const missing = graph.node('IsNaN', [step]);
  const missingNumber = graph.number(missing);
  const stand = graph.constant(features.map(standIn), 1, features.length);
  const filled = graph.node('Where', [missing, stand, step]);
  const pieces: string[] = [];
  /** By feature and place within it: the column of the joined pieces. */
  const columnOf = new Map<string, number>();
  let width = 0;
  const add = (piece: string, places: readonly string[]) => {
    pieces.push(piece);
    for (const place of places) columnOf.set(place, width++);
  };
  const where = (kind: string) =>
    features.flatMap(({ scaling }, i) => ((scaling?.kind ?? 'identity') === kind ? [i] : []));
  const [standard, identity, cycle] = [where('standard'), where('identity'), where('cycle')];
  if (standard.length > 0)
    add(
      scaled(graph, filled, features, standard),
      standard.map((i) => `${i} 0`),
    );
  if (identity.length > 0)
    add(
      graph.columns(filled, identity),
      identity.map((i) => `${i} 0`),
    );
  if (cycle.length > 0) {
    const there = graph.node('Sub', [graph.constant([1]), graph.columns(missingNumber, cycle)]);
    const turns = turnsOf(graph, filled, features, cycle);
    add(
      graph.node('Mul', [sine(graph, turns, 0), there]),
      cycle.map((i) => `${i} 0`),
    );
    add(
      graph.node('Mul', [sine(graph, turns, 0.25), there]),
      cycle.map((i) => `${i} 1`),
    );
  }
  const indicated = features.flatMap(({ scaling }, i) => (scaling?.indicator === true ? [i] : []));
  if (indicated.length > 0)
    add(
      graph.columns(missingNumber, indicated),
      indicated.map((i) => `${i} missing`),
    );
  const order = [...featureOf].map((feature, slot) => {
    const isSecond = slot > 0 && featureOf[slot - 1] === feature;
    return columnOf.get(`${feature} ${kindOf[slot] === INDICATOR_SLOT ? 'missing' : isSecond ? 1 : 0}`)!;
  });
  const slots = graph.columns(graph.node('Concat', pieces, { axis: 1 }), order);
  const isValue = graph.constant(
    [...kindOf].map((kind) => (kind === INDICATOR_SLOT ? 0 : 1)),
    1,
    kindOf.length,
  );
  const lacking = graph.node('Mul', [graph.columns(missingNumber, [...featureOf]), isValue]);
  const half = graph.constant([features.length / 2]);
  const scorable = graph.node('LessOrEqual', [graph.rowSums(missingNumber), half]);
  return { slots, present: graph.node('Sub', [graph.constant([1]), lacking]), scorable };
}

/** What a missing value is taken for: nothing that its slots would show. */
function standIn({ scaling, median }: ModelFeature): number {
  if (scaling?.kind === 'standard') return scaling.mean;
  return scaling?.kind === 'cycle' ? 0 : median;
}

function scaled(graph: OnnxGraph, filled: string, features: readonly ModelFeature[], at: readonly number[]): string {
  const moments = at.map((i) => {
    const { scaling } = features[i]!;
    return scaling?.kind === 'standard' ? [scaling.mean, 1 / scaling.deviation] : [0, 1];
  }) as [number, number][];
  const means = graph.constant(
    moments.map(([mean]) => mean),
    1,
    at.length,
  );
  const factors = graph.constant(
    moments.map(([, factor]) => factor),
    1,
    at.length,
  );
  const values = graph.node('Mul', [graph.node('Sub', [graph.columns(filled, at), means]), factors]);
  return graph.node('Clip', [values, graph.constant([-SCALED_LIMIT]), graph.constant([SCALED_LIMIT])]);
}

function turnsOf(graph: OnnxGraph, filled: string, features: readonly ModelFeature[], at: readonly number[]): string {
  const periods = at.map((i) => {
    const { scaling } = features[i]!;
    return scaling?.kind === 'cycle' ? 1 / scaling.period : 1;
  });
  const turns = graph.node('Mul', [graph.columns(filled, at), graph.constant(periods, 1, at.length)]);
  // What is left of whole turns: the sine of a large angle has few digits.
  return graph.node('Sub', [turns, graph.node('Floor', [turns])]);
}

/** The sine of turns that are so much further on. */
function sine(graph: OnnxGraph, turns: string, further: number): string {
  const angle = graph.node('Mul', [
    graph.node('Add', [turns, graph.constant([further])]),
    graph.constant([2 * Math.PI]),
  ]);
  return graph.node('Sin', [angle]);
}
