import type { AnomalyModel } from '../model/model.js';

/** How many contributions `anomaly_top` names, and to how many digits. */
const TOP = 3;
const DIGITS = 4;

/** Each feature's part of one row's score, in the order of the model's features; they sum to score - baseline. */
export function contributionsOf(model: AnomalyModel, features: Float64Array, index: number): Float64Array {
  const width = model.features.length;
  return model.explain(features.subarray(index * width, (index + 1) * width)).contributions;
}

/**
 * The column `anomaly_top`: a JSON object of the three largest positive contributions of a row, largest first (equal
 * ones in the model's order), rounded to 4 digits.
 */
export function topContributions(model: AnomalyModel, features: Float64Array, index: number): string {
  const contributions = contributionsOf(model, features, index);
  const order = model.features.map((_, feature) => feature);
  order.sort((a, b) => (contributions[b] as number) - (contributions[a] as number) || a - b);
  const top: Record<string, number> = {};
  for (const feature of order.slice(0, TOP)) {
    const rounded = Math.round((contributions[feature] as number) * 10 ** DIGITS) / 10 ** DIGITS;
    if (rounded > 0) top[model.features[feature]!.name] = rounded;
  }
  return JSON.stringify(top);
}
