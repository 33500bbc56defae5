import type { RowGroups } from '../../model/drift/reference.js';
import type { FeatureName } from '../../model/features.js';
import type { PatientSeries } from '../../model/features/series.js';
import type { Matrix } from '../../model/matrix.js';

/** Rows to train on, wherever they come from. */
export interface TrainingSet {
  readonly features: readonly FeatureName[];
  /** One row a reading, one column a feature; NaN is missing. */
  readonly data: Matrix;
  /** Null where nobody says whose and when each row is. */
  readonly series: PatientSeries | null;
  /** By the number that the series gives a patient; null without a series. */
  readonly patientIds: readonly string[] | null;
  readonly groups: RowGroups;
  /** 1 for an anomaly; never among the features. Null where nobody says. */
  readonly labels: Uint8Array | null;
  /** What the rows are, for the record: no path. */
  readonly source: string;
  /** Hex SHA-256 of the file that they come from; undefined, the values are hashed. */
  readonly sha256?: string | undefined;
  /** What made them, where they are not a hospital's. */
  readonly generator?: 'simulator' | undefined;
}
