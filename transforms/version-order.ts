import type { ReadingStatus } from './reading.js';

/** What decides which version of a reading is its current one. */
export interface Version {
  readonly status: string;
  readonly sent_time: number | null;
  readonly content_hash: string;
}

const RANK: Readonly<Record<ReadingStatus, number>> = { final: 0, corrected: 1, 'entered-in-error': 2 };

/**
 * The one total order of the versions of a reading; the greatest is current. A tombstone is above a correction above a
 * final; then the later `sent_time` (none is least); then the greater content hash.
 *
 * Every part is a property of the version itself, never of the message that brought it, of arrival or of our clock:
 * the current row is a function of the set of versions, and equal only where the versions are.
 * @returns negative when `a` is below `b`, 0 when they are the same version, positive when `a` is above
 */
export function compareVersions(a: Version, b: Version): number {
  const rank = rankOf(a.status) - rankOf(b.status);
  if (rank !== 0) return rank;
  const sentA = a.sent_time ?? -Infinity;
  const sentB = b.sent_time ?? -Infinity;
  if (sentA !== sentB) return sentA < sentB ? -1 : 1;
  return a.content_hash < b.content_hash ? -1 : a.content_hash > b.content_hash ? 1 : 0;
}

function rankOf(status: string): number {
  return RANK[status as ReadingStatus];
}
