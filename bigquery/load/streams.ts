import { STREAM_LEASE_MILLIS, type Streamed } from '../write/stream-marks.js';
import type { BatchRange } from './batch-set.js';

/** What streams have written, and whether one is at it. */
export interface Streams {
  readonly streamed: Streamed | null;
  /** Epoch ms. */
  readonly now: number;
}

export function batchesOfStreams({ streamed }: Streams): readonly BatchRange[] {
  return streamed?.ranges ?? [];
}

/** The last batch that loading may touch: what follows the mark of a stream that is alive is the stream's to write. */
export function openFor({ streamed, now }: Streams, head: number): number {
  const newest = streamed?.newest ?? null;
  const alive = newest !== null && now - newest.at < STREAM_LEASE_MILLIS;
  return alive ? Math.min(head, newest.last) : head;
}
