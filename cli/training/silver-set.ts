import type { LakeSnapshot } from '../../lake/reader.js';
import { featureFiller, type FeatureName } from '../../model/features.js';
import { rowMajor } from '../../model/matrix.js';
import { placeOfPatient } from '../../model/split-rows.js';
import type { EventTimes } from '../../query/pruned-relations.js';
import { readSilver, silverRows, silverTimes } from '../../query/readings/read-silver.js';
import { ConfigurationError } from '../../schema/errors.js';
import { SilverColumns } from './silver-columns.js';
import type { TrainingSet } from './training-set.js';

/** What of a lake to train on. */
export interface SilverWindow extends EventTimes {
  /** About so many readings at most: where there are more, those of a share of the patients, chosen by a hash of their ids. */
  readonly mostReadings: number;
}

/**
 * Current silver as training wants it: see readSilver for what is left out. Memory: 8 bytes a feature and 16 a reading, of
 * `mostReadings` at most, and a slice in DuckDB.
 *
 * @throws ConfigurationError where silver has no reading in the window
 */
export async function silverSet(
  snapshot: LakeSnapshot,
  { mostReadings, ...asked }: SilverWindow,
  features: readonly FeatureName[],
): Promise<TrainingSet> {
  const there = silverTimes(snapshot);
  const times = { from: Math.max(asked.from, there?.from ?? 0), to: Math.min(asked.to, there?.to ?? 0) };
  const share = Math.min(1, mostReadings / silverRows(snapshot, times));
  const kept = new Map<string, boolean>();
  const keep = (patient: string): boolean => {
    const known = kept.get(patient);
    if (known !== undefined) return known;
    const is = share === 1 || placeOfPatient(patient, 'sample') < share;
    kept.set(patient, is);
    return is;
  };
  const columns = new SilverColumns(featureFiller(features), features.length);
  for await (const slice of readSilver(snapshot, times)) {
    for await (const block of slice.blocks()) columns.addAll(block, keep);
  }
  const { count, values, patients, patientNames, times: taken, wardOf } = columns.take();
  if (count === 0) {
    const remedy = 'Name a lake with readings, or another --from and --to.';
    throw new ConfigurationError('--lake', 'silver has no reading to train on', remedy);
  }
  const part = share === 1 ? '' : `, ${patientNames.length} of ${kept.size} patients`;
  return {
    features,
    data: rowMajor(values, count, features.length),
    series: { patients, times: taken },
    patientIds: patientNames,
    groups: { patients, wards: Array.from(patients, (_, i) => wardOf(i)) },
    labels: null,
    source: `silver from ${isoOf(times.from)} to ${isoOf(times.to)}${part}`,
  };
}

function isoOf(time: number): string {
  return new Date(time).toISOString();
}
