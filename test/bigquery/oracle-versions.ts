import type { SilverRow } from '../../schema/tables/silver-patient-vitals.js';
import { groupBy } from './group-by.js';

/** A version, and when it was the current one of its reading. */
export type DatedVersion = SilverRow & {
  readonly known_from: number;
  /** Exclusive; null while it is current. */
  readonly known_to: number | null;
  readonly never_current: boolean;
};

const RANK: Readonly<Record<string, number>> = { final: 0, corrected: 1, 'entered-in-error': 2 };

/** What silver.patient_vitals_versions must answer, worked out by going through the arrivals of each reading in time. */
export function datedVersions(silver: readonly SilverRow[]): DatedVersion[] {
  const readings = groupBy(silver, (row) => `${row.patient_id}|${row.reading_id}`);
  return [...readings.values()].flatMap((versions) => versions.map((version) => dated(version, versions)));
}

/** The version that was current at a time: the greatest of those that had arrived; null before the first. */
export function currentAt(versions: readonly SilverRow[], time: number): SilverRow | null {
  const arrived = versions.filter((version) => (version.known_from ?? 0) <= time);
  return arrived.reduce<SilverRow | null>((best, row) => (best === null || isGreater(row, best) ? row : best), null);
}

function dated(version: SilverRow, all: readonly SilverRow[]): DatedVersion {
  const known_from = version.known_from ?? 0;
  const arrivals = [...new Set(all.map((row) => row.known_from ?? 0))].filter((time) => time >= known_from);
  const ends = arrivals.sort((a, b) => a - b).find((time) => currentAt(all, time) !== version);
  return { ...version, known_from, known_to: ends ?? null, never_current: ends === known_from };
}

function isGreater(a: SilverRow, b: SilverRow): boolean {
  const rank = (RANK[a.status] ?? 0) - (RANK[b.status] ?? 0);
  if (rank !== 0) return rank > 0;
  if (a.sent_time !== b.sent_time) return (a.sent_time ?? -Infinity) > (b.sent_time ?? -Infinity);
  return a.content_hash > b.content_hash;
}
