import type { LakeSnapshot } from '../../lake/reader.js';
import type { ContentHashes } from '../content-hash.js';
import { count, resultOf, type InvariantResult } from './invariant.js';

/** What replaying a sample of bronze came to: rows that were compared, and one sentence when they differ. */
export interface ReplayOutcome {
  readonly compared: number;
  readonly problem: string | null;
  /** Why nothing could be replayed here, null when something was. */
  readonly left: string | null;
}

/** Replays part of a snapshot's bronze and compares with its silver and gold; the pipeline supplies it. */
export type ReplaySample = (snapshot: LakeSnapshot) => Promise<ReplayOutcome>;

/**
 * I7: replay, shuffle, duplication, lateness and restart give identical silver and gold content hashes. One lake alone
 * cannot show that: its hashes are computed to be compared with those of another, and a sample is replayed where the
 * caller can.
 */
export async function checkHashes(
  hashes: ContentHashes,
  snapshot: LakeSnapshot,
  replaySample: ReplaySample | undefined,
): Promise<InvariantResult> {
  const replay = await replaySample?.(snapshot);
  const problems = replay?.problem === null || replay === undefined ? [] : [replay.problem];
  const hashed = `${count(hashes.silver_rows, 'silver row')} and ${count(hashes.gold_rows, 'gold row')} hashed`;
  const replayed = replay?.left ?? `${count(replay?.compared ?? 0, 'row')} replayed alike`;
  const sound = replay === undefined ? hashed : `${hashed}, ${replayed}`;
  return resultOf('I7', hashes.silver_rows + hashes.gold_rows, problems, sound);
}
