import type { SilverRow } from '../../../schema/tables/silver-patient-vitals.js';
import type { ScoredReading } from '../../../transforms/reading.js';
import { compareVersions } from '../../../transforms/version-order.js';
import type { DuplicateIndex } from './duplicate-index.js';

/** A version that lost against another final one: it also becomes a dead letter. */
export interface LosingVersion {
  readonly row: SilverRow;
  readonly winner: SilverRow;
}

/** A reading whose winner is another one after this batch. */
export interface WinnerChange {
  /** The winner before, null when silver knew no version of the reading. */
  readonly before: SilverRow | null;
  readonly after: SilverRow;
}

/** What a batch's readings are, held against what silver has. */
export interface Settlement {
  /** Rows for silver, in order. */
  readonly rows: readonly ScoredReading[];
  /** Versions that silver has already. */
  readonly suppressed: number;
  readonly conflicts: readonly LosingVersion[];
  /** Readings that were repeats or have several versions: what the graph made of them must not be added to panes. */
  readonly disputed: ReadonlySet<string>;
  /** Patients of disputed readings: the graph's aggregates do not hold for them. */
  readonly disputedPatients: ReadonlySet<string>;
  /** New versions of readings that silver or this batch has other versions of. */
  readonly revisions: readonly SilverRow[];
  readonly changes: readonly WinnerChange[];
}

/** All committed versions of the given readings. */
export type VersionLookup = (
  readings: readonly { readonly reading_id: string; readonly event_time: number }[],
) => Promise<readonly SilverRow[]>;

/**
 * Decides for every scored row of a batch whether silver has it (a repeat), has another version of its reading, or does
 * not know the reading. Batches are settled in sequence, and the buckets of the index are resident.
 *
 * Delivery: with the index complete, each (reading_id, content_hash) reaches silver once, whatever is sent again.
 */
export async function settle(
  blocks: Iterable<readonly ScoredReading[]>,
  index: DuplicateIndex,
  versionsOf: VersionLookup,
): Promise<Settlement> {
  const rows: ScoredReading[] = [];
  const suspects: ScoredReading[] = [];
  const disputed = new Set<string>();
  const disputedPatients = new Set<string>();
  let suppressed = 0;
  for (const block of blocks) {
    for (const row of block) {
      const sighting = index.observe(row.reading_id, row.content_hash, row.event_time);
      if (sighting === 'new') {
        rows.push(row);
        continue;
      }
      disputed.add(row.reading_id);
      disputedPatients.add(row.patient_id);
      if (sighting === 'version') suspects.push(row);
      else suppressed += 1;
    }
  }
  const versions = await settleVersions(suspects, rows, versionsOf);
  for (const row of versions.unrelated) disputed.delete(row.reading_id);
  return {
    rows: [...rows, ...versions.unrelated, ...versions.revisions],
    suppressed,
    conflicts: versions.conflicts,
    disputed,
    disputedPatients,
    revisions: versions.revisions,
    changes: versions.changes,
  };
}

interface SettledVersions {
  /** Rows that only shared 64 bits of their hash with another reading. */
  readonly unrelated: ScoredReading[];
  readonly revisions: ScoredReading[];
  readonly conflicts: LosingVersion[];
  readonly changes: WinnerChange[];
}

/** Rare: readings that are known with other content. Finds winners and losers among all versions. */
async function settleVersions(
  suspects: readonly ScoredReading[],
  added: readonly ScoredReading[],
  versionsOf: VersionLookup,
): Promise<SettledVersions> {
  const settled: SettledVersions = { unrelated: [], revisions: [], conflicts: [], changes: [] };
  if (suspects.length === 0) return settled;

  const ids = new Set(suspects.map((row) => row.reading_id));
  const committed = byReading(await versionsOf(suspects));
  const known = new Map([...committed].map(([id, versions]) => [id, [...versions]]));
  for (const [id, versions] of byReading(added.filter((row) => ids.has(row.reading_id)))) {
    known.set(id, [...(known.get(id) ?? []), ...versions]);
  }

  for (const suspect of suspects) {
    const versions = known.get(suspect.reading_id);
    if (!versions) {
      settled.unrelated.push(suspect);
      known.set(suspect.reading_id, [suspect]);
      continue;
    }
    const rivals = versions.filter((version) => version.status === 'final');
    const row = suspect.status === 'final' && rivals.length > 0 ? { ...suspect, conflict: true } : suspect;
    if (row.conflict) settled.conflicts.push(loser(row, winnerOf(rivals)));
    versions.push(row);
    settled.revisions.push(row);
  }
  for (const id of new Set(settled.revisions.map((row) => row.reading_id))) {
    const before = committed.get(id);
    const change = { before: before ? winnerOf(before) : null, after: winnerOf(known.get(id) ?? []) };
    if (change.before?.content_hash !== change.after.content_hash) settled.changes.push(change);
  }
  return settled;
}

function byReading(rows: readonly SilverRow[]): Map<string, SilverRow[]> {
  const versions = new Map<string, SilverRow[]>();
  for (const row of rows) {
    const others = versions.get(row.reading_id);
    if (others) others.push(row);
    else versions.set(row.reading_id, [row]);
  }
  return versions;
}

function loser(a: SilverRow, b: SilverRow): LosingVersion {
  return compareVersions(a, b) > 0 ? { row: b, winner: a } : { row: a, winner: b };
}

/** The current version of a reading. */
export function winnerOf(versions: readonly SilverRow[]): SilverRow {
  return versions.reduce((best, version) => (compareVersions(version, best) > 0 ? version : best));
}
