/** How well scores tell labelled rows apart. */
export interface Evaluation {
  /** Area under the ROC curve: the chance that an anomaly scores higher than another row, ties counting half. */
  readonly auc: number;
  /** Mean precision over the anomalies, in order of score; rows of equal score enter together. */
  readonly average_precision: number;
  /** Rows that have a score. */
  readonly rows: number;
}

/**
 * Measures scores against labels. Rows without a score (NaN) are left out.
 *
 * @param labels 1 for an anomaly, 0 for any other row, in the order of `scores`
 * @returns a measure that is undefined, because a kind of row is absent, is NaN
 */
export function evaluateScores(scores: Float64Array, labels: Uint8Array): Evaluation {
  const order = descendingOrder(scores);
  let anomalies = 0;
  for (const row of order) anomalies += labels[row]!;
  const others = order.length - anomalies;
  let found = 0;
  let pairs = 0;
  let precisions = 0;
  for (let from = 0, to = 0; from < order.length; from = to) {
    let hits = 0;
    for (; to < order.length && scores[order[to]!] === scores[order[from]!]; to++) hits += labels[order[to]!]!;
    const misses = to - from - hits;
    pairs += misses * (found + hits / 2);
    found += hits;
    precisions += (hits * found) / to;
  }
  return { auc: pairs / (anomalies * others), average_precision: precisions / anomalies, rows: order.length };
}

function descendingOrder(scores: Float64Array): Uint32Array {
  let scored = 0;
  const order = new Uint32Array(scores.length);
  for (let row = 0; row < scores.length; row++) if (!Number.isNaN(scores[row])) order[scored++] = row;
  return order.subarray(0, scored).sort((a, b) => scores[b]! - scores[a]!);
}
