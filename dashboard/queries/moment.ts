import type { AnswerState } from '../api.js';
import type { LakeSnapshot } from '../../lake/reader.js';
import { frontierOf, type Commit } from './commit-log.js';

/**
 * What an answer is made from: a snapshot of the lake, and the last batch of it that counts. An earlier moment is seen through
 * today's files, whose rows are filtered by batch: which files hold a row changes with every compaction, its batch never.
 */
export interface Moment {
  readonly snapshot: LakeSnapshot;
  /** The time that was asked for, epoch ms; null for now. */
  readonly asOf: number | null;
  /** The last batch that counts; 0 when there is none. */
  readonly batch: number;
  /** What is known of that batch; null when there is none, or when its manifest has been cleaned up. */
  readonly commit: Commit | null;
  /** When it was committed, epoch ms. */
  readonly committedAt: number | null;
  /** Newest event time of its readings, epoch ms. */
  readonly latestEvent: number | null;
  /**
   * Where "now" is in event time, epoch ms: the newest event time, no further ahead of the clock than the engine's tolerance.
   * For recorded data it is the end of the recording. 0 while there is no reading.
   */
  readonly frontier: number;
  /** An event that all who listen wait for: its statements do not wait for those of pages. */
  readonly urgent?: boolean;
}

/** The newest batch of a snapshot. */
export function momentOf(snapshot: LakeSnapshot, commit: Commit | null, asOf: number | null): Moment {
  const frontier = commit === null || commit.watermark === null ? 0 : frontierOf(commit.watermark);
  return {
    snapshot,
    asOf,
    batch: commit?.sequence ?? 0,
    commit,
    committedAt: commit?.committed_at ?? null,
    latestEvent: commit?.latest_event ?? null,
    frontier,
  };
}

/** An answer without what says when it was made. */
export type Answer<T extends AnswerState> = Omit<T, keyof AnswerState>;

/** @param now epoch ms */
export function answerState(moment: Moment, now: number): AnswerState {
  return {
    time: iso(moment.asOf ?? now),
    live: moment.asOf === null,
    committed_at: isoOrNull(moment.committedAt),
    batch: moment.batch === 0 ? null : moment.batch,
    latest_event: isoOrNull(moment.latestEvent),
  };
}

export function iso(epochMillis: number): string {
  return new Date(epochMillis).toISOString();
}

function isoOrNull(epochMillis: number | null): string | null {
  return epochMillis === null ? null : iso(epochMillis);
}
