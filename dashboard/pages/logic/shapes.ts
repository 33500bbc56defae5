import type { Distribution } from '../../api.js';

/** Path of a sparkline: `M`, `L` commands over a box; a gap starts anew, a lone point is a short dash. */
export function sparkPath(
  values: readonly (number | null)[],
  width: number,
  height: number,
  [low, high]: readonly [number, number],
): string {
  const step = values.length > 1 ? width / (values.length - 1) : 0;
  const at = (index: number): string | null => {
    const value = values[index];
    if (value === null || value === undefined) return null;
    const share = (Math.min(high, Math.max(low, value)) - low) / (high - low);
    return `${round(index * step)} ${round(height - share * height)}`;
  };
  let path = '';
  for (let index = 0; index < values.length; index++) {
    const point = at(index);
    if (point === null) continue;
    const joined = index > 0 && at(index - 1) !== null;
    path += `${joined ? 'L' : 'M'}${point}`;
    if (!joined && at(index + 1) === null) path += 'h1.5';
  }
  return path;
}

const round = (value: number): number => Math.round(value * 10) / 10;

/** Patients of a distribution, and how many of them are in the normal band (by the middle of their bin). */
export function inNormal(distribution: Distribution): { patients: number; normal: number | null } {
  const patients = distribution.counts.reduce((sum, count) => sum + count, 0);
  const band = distribution.normal;
  if (band === null) return { patients, normal: null };
  const normal = distribution.counts.reduce((sum, count, index) => {
    const middle = (distribution.edges[index]! + distribution.edges[index + 1]!) / 2;
    return middle >= band[0] && middle <= band[1] ? sum + count : sum;
  }, 0);
  return { patients, normal };
}

/** Where a value axis begins and ends: the data with room, at least `span` wide, an edge of the normal band in sight. */
export function valueRange(
  low: number | null,
  high: number | null,
  normal: readonly [number, number] | null,
  span: number,
): [number, number] {
  if (low === null || high === null) return normal ? [normal[0] - span / 4, normal[1] + span / 4] : [0, span];
  let [bottom, top] = [low, high];
  if (normal && top < normal[0]) top = normal[0];
  if (normal && bottom > normal[1]) bottom = normal[1];
  const missing = Math.max(0, span - (top - bottom)) / 2;
  const room = (top - bottom + 2 * missing) * 0.06;
  return [bottom - missing - room, top + missing + room];
}

/** Indices of points that have no neighbour: a line does not show them. */
export function lonePoints(values: readonly (number | null | undefined)[]): number[] {
  const there = (index: number): boolean => values[index] !== null && values[index] !== undefined;
  return values.flatMap((_, index) => (there(index) && !there(index - 1) && !there(index + 1) ? [index] : []));
}

/** Contributions to an anomaly, the largest first, with their share of the sum. */
export function sharesOf(
  contributions: Readonly<Record<string, number>>,
): readonly { readonly vital: string; readonly value: number; readonly share: number }[] {
  const entries = Object.entries(contributions).filter(([, value]) => value > 0);
  const sum = entries.reduce((total, [, value]) => total + value, 0);
  return entries
    .sort(([, a], [, b]) => b - a)
    .map(([vital, value]) => ({ vital, value, share: sum === 0 ? 0 : value / sum }));
}
