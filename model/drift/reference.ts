import type { Fields } from '../document-fields.js';
import { FieldError } from '../document-fields.js';
import type { Matrix } from '../matrix.js';
import { quantileOf } from '../quantile.js';

/** What one feature looked like when the model was trained: counts in bins, no row. */
export interface FeatureReference {
  /** Ascending, in the feature's unit: bin k holds values below edge k that are not in an earlier bin; the last has no end. */
  readonly edges: readonly number[];
  /** Training rows a bin: one more than there are edges. */
  readonly counts: readonly number[];
  /** Training rows without the feature. */
  readonly missing: number;
}

/** What the training rows of one ward looked like, in the bins of the whole. */
export interface WardReference {
  readonly ward: string;
  readonly patients: number | null;
  readonly features: readonly Omit<FeatureReference, 'edges'>[];
}

/** What the training rows looked like, feature by feature in the model's order: what drift is measured against. */
export interface TrainingReference {
  /** How many patients the rows are of; null where nobody said. */
  readonly patients: number | null;
  readonly features: readonly FeatureReference[];
  /** A ward's patients are not the hospital's: each is compared with its own. Empty where nobody said which row is of which. */
  readonly wards: readonly WardReference[];
}

/** Whose each row is, and of which ward; left out or null where nobody said. */
export interface RowGroups {
  /** By row: a number a patient. */
  readonly patients?: Uint32Array | null | undefined;
  /** By row: its ward, null for none. */
  readonly wards?: readonly (string | null)[] | null | undefined;
}

/** Deciles: ten bins are the convention that the limits of the index go with (verdict.ts). */
const BINS = 10;

/** Where a reading names no ward, as in gold. */
export const UNKNOWN_WARD = 'unknown';

/** A ward with fewer rows says little, and more than it should about whoever lay there. */
const LEAST_WARD_ROWS = 50;

/** References of the columns of a matrix, over all of its rows: those too empty to be trained on come in the stream too. */
export function describeTraining(data: Matrix, { patients = null, wards = null }: RowGroups = {}): TrainingReference {
  const every = Array.from({ length: data.count }, (_, row) => row);
  const features = columnsOf(data, every).map(describeFeature);
  return {
    patients: distinct(patients, every),
    features,
    wards: wards === null ? [] : describeWards(data, features, patients, rowsByWard(wards)),
  };
}

function describeWards(
  data: Matrix,
  features: readonly FeatureReference[],
  patients: Uint32Array | null,
  rowsOf: ReadonlyMap<string, readonly number[]>,
): WardReference[] {
  const large = [...rowsOf].filter(([, rows]) => rows.length >= LEAST_WARD_ROWS);
  return large.map(([ward, rows]) => ({
    ward,
    patients: distinct(patients, rows),
    features: columnsOf(data, rows).map((values, i) => {
      const present = values.filter((value) => !Number.isNaN(value));
      const counts = [...countBins(present, features[i]!.edges)];
      return { counts, missing: values.length - present.length };
    }),
  }));
}

/** In order of their names, so that the same rows give the same bytes. */
function rowsByWard(wards: readonly (string | null)[]): Map<string, number[]> {
  const rows = new Map<string, number[]>();
  for (const [row, ward] of wards.entries()) {
    const known = rows.get(ward ?? UNKNOWN_WARD);
    if (known === undefined) rows.set(ward ?? UNKNOWN_WARD, [row]);
    else known.push(row);
  }
  return new Map([...rows].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function columnsOf(data: Matrix, rows: readonly number[]): Float64Array[] {
  return Array.from({ length: data.width }, (_, column) => Float64Array.from(rows, (row) => data.cell(row, column)));
}

function distinct(patients: Uint32Array | null, rows: readonly number[]): number | null {
  return patients === null ? null : new Set(rows.map((row) => patients[row])).size;
}

/**
 * The reference of one feature. Its edges are the deciles of the values that are there. A value that stands at two or more deciles
 * gets a bin of its own, so that a rare 1 among zeros, or any other value beside a constant, is seen.
 *
 * @param values NaN is missing; sorted in place
 */
export function describeFeature(values: Float64Array): FeatureReference {
  // A typed array sorts NaN last.
  const sorted = values.sort();
  let present = sorted.length;
  while (present > 0 && Number.isNaN(sorted[present - 1])) present--;
  const edges = present === 0 ? [] : edgesOf(sorted.subarray(0, present));
  return { edges, counts: [...countBins(sorted.subarray(0, present), edges)], missing: sorted.length - present };
}

/** How many values each bin holds; see {@link FeatureReference.edges}. */
export function countBins(values: Float64Array, edges: readonly number[]): Float64Array {
  const counts = new Float64Array(edges.length + 1);
  for (const value of values) {
    let bin = 0;
    while (bin < edges.length && value >= edges[bin]!) bin++;
    counts[bin] = counts[bin]! + 1;
  }
  return counts;
}

/** @throws FieldError for what is no reference */
export function decodeReference(fields: Fields): TrainingReference {
  const features = fields.list('features').map((feature): FeatureReference => {
    const edges = feature.numbers('edges');
    if (edges.some((edge, i) => i > 0 && edge <= edges[i - 1]!)) throw new FieldError('reference: edges do not ascend');
    return { edges, ...decodeCounts(feature, edges.length + 1) };
  });
  const wards = fields.list('wards').map((ward): WardReference => {
    const list = ward.list('features');
    if (list.length !== features.length) throw new FieldError('reference: a ward has other features');
    const counted = list.map((feature, i) => decodeCounts(feature, features[i]!.counts.length));
    return { ward: ward.text('ward'), patients: ward.wholeOrNull('patients'), features: counted };
  });
  return { patients: fields.wholeOrNull('patients'), features, wards };
}

function decodeCounts(feature: Fields, bins: number): Omit<FeatureReference, 'edges'> {
  const counts = feature.numbers('counts');
  if (counts.length !== bins) throw new FieldError('reference: there must be a count more than edges');
  if (!counts.every((count) => Number.isSafeInteger(count) && count >= 0)) {
    throw new FieldError('reference: a count is not a whole number');
  }
  return { counts, missing: feature.whole('missing') };
}

function edgesOf(sorted: Float64Array): number[] {
  const deciles = Array.from({ length: BINS - 1 }, (_, i) => quantileOf(sorted, (i + 1) / BINS));
  const edges = deciles.flatMap((value, i) => {
    if (value === deciles[i - 1]) return [];
    return value === deciles[i + 1] ? [value, nextAbove(value)] : [value];
  });
  // Two neighbours in the number line may each have asked for the same edge.
  return edges.filter((edge, i) => edge !== edges[i - 1]);
}

/** The least number that is greater. */
function nextAbove(value: number): number {
  if (value === 0) return Number.MIN_VALUE;
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  view.setBigInt64(0, view.getBigInt64(0) + (value > 0 ? 1n : -1n));
  return view.getFloat64(0);
}
