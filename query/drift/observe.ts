import { openLakeFiles, type LakeFiles } from '../../lake/lake-files.js';
import type { LakeSnapshot } from '../../lake/reader.js';
import { qualifiedName } from '../../schema/column.js';
import { SILVER_PATIENT_VITALS } from '../../schema/tables/silver-patient-vitals.js';
import { openDatabase, type Database, type QueryRow } from '../database.js';
import { filesWithin, relationWithin, type EventTimes } from '../pruned-relations.js';
import { slicesOf } from '../slices.js';
import { quoteText } from '../sql-text.js';
import { GREATEST_VERSION_FIRST } from '../versions.js';
import { featureSql } from './feature-sql.js';

/** A feature and the edges that its values are counted between: bin k holds what is below edge k and in no earlier bin. */
export interface BinnedFeature {
  readonly name: string;
  readonly edges: readonly number[];
}

/** The readings of one ward and hour, counted. */
export interface ObservedHour {
  /** `unknown` where a reading names none, `*` for the whole hospital. */
  readonly ward: string;
  /** Epoch milliseconds. */
  readonly window_start: number;
  readonly patients: number;
  /** By feature, in the order that was asked for. */
  readonly features: readonly { readonly counts: readonly number[]; readonly missing: number }[];
}

export interface ObserveOptions extends EventTimes {
  readonly by: 'ward' | 'hospital';
  /** DuckDB's memory limit; beyond it a query spills. */
  readonly memoryLimit?: string;
}

const SILVER = SILVER_PATIENT_VITALS;
const HOUR = 3_600_000;
const DEFAULT_MEMORY = '512MB';

/** The whole hospital, where a row names a ward. */
export const HOSPITAL = '*';

/**
 * Counts silver in bins, hour by hour of event time and ward by ward, in order of time; an hour without a reading is not there.
 *
 * Each reading counts once, by its current version, and not at all once it was withdrawn. Versions are told apart within a slice of at
 * most a day: one that a correction moved to another day counts on both.
 *
 * Memory: a slice at a time, and of each only counts leave DuckDB. Only files whose statistics admit rows of the stretch are read.
 *
 * @throws TypeError for a feature that {@link featureSql} does not know
 */
export async function* observeHours(
  snapshot: LakeSnapshot,
  features: readonly BinnedFeature[],
  { from, to, by, memoryLimit = DEFAULT_MEMORY }: ObserveOptions,
): AsyncGenerator<ObservedHour> {
  const files = openLakeFiles(snapshot.root);
  const database = await openDatabase({ memoryLimit });
  try {
    for (const slice of slicesOf(snapshot, [SILVER])) {
      const times = { from: Math.max(from, slice.from), to: Math.min(to, slice.to) };
      if (times.from >= times.to) continue;
      yield* observeSlice(database, files, snapshot, features, { ...times, by });
    }
  } finally {
    await database.close();
  }
}

async function* observeSlice(
  database: Database,
  files: LakeFiles,
  snapshot: LakeSnapshot,
  features: readonly BinnedFeature[],
  { by, ...times }: Omit<ObserveOptions, 'memoryLimit'>,
): AsyncGenerator<ObservedHour> {
  const live = snapshot.tables.get(qualifiedName(SILVER))?.files ?? [];
  const lent = await files.lend(filesWithin(SILVER, live, times));
  for (const row of await database.rows(countingSql(relationWithin(SILVER, lent, times), features, by))) {
    yield hourOf(row, features);
  }
}

/** One row a ward and hour: per feature how many values there are, and how many reach each edge. */
function countingSql(silver: string, features: readonly BinnedFeature[], by: 'ward' | 'hospital'): string {
  const values = features.map((feature, i) => {
    const sql = featureSql(feature);
    if (sql === null) throw new TypeError(`observeHours: silver has no feature '${feature.name}'`);
    return `${sql} AS f${i}`;
  });
  const counts = features.flatMap(({ edges }, i) => [
    `count(f${i}) AS f${i}_n`,
    ...edges.map((edge, k) => `count_if(f${i} >= ${quoteText(String(edge))}::DOUBLE) AS f${i}_${k}`),
  ]);
  const ward = by === 'ward' ? `coalesce(ward, 'unknown')` : quoteText(HOSPITAL);
  return `
    SELECT ward, hour, count(*) AS n, count(DISTINCT patient_id) AS patients, ${counts.join(', ')}
    FROM (
      SELECT patient_id, ${ward} AS ward, epoch_ms(event_time) // ${HOUR} * ${HOUR} AS hour, ${values.join(', ')}
      FROM (FROM ${silver} QUALIFY row_number() OVER (PARTITION BY reading_id ORDER BY ${GREATEST_VERSION_FIRST}) = 1)
      WHERE status <> 'entered-in-error')
    GROUP BY ward, hour ORDER BY hour, ward`;
}

function hourOf(row: QueryRow, features: readonly BinnedFeature[]): ObservedHour {
  const number = (name: string): number => Number(row[name]);
  return {
    ward: String(row['ward']),
    window_start: number('hour'),
    patients: number('patients'),
    features: features.map(({ edges }, i) => {
      const present = number(`f${i}_n`);
      // How many reach the edge before a bin, less how many reach the one after it.
      const reaching = [present, ...edges.map((_, k) => number(`f${i}_${k}`)), 0];
      const counts = reaching.slice(0, -1).map((count, bin) => count - reaching[bin + 1]!);
      return { counts, missing: number('n') - present };
    }),
  };
}
