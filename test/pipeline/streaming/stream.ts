import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { runOnDirectRunner } from '../../../beam/index.js';
import { openLakeSnapshot } from '../../../lake/reader.js';
import {
  runContinuous,
  type ContinuousOptions,
  type ContinuousStatus,
  type StreamingJob,
} from '../../../pipeline/engines/streaming/run-continuous.js';
import { streamMessage, type StreamMessage } from '../../../pipeline/engines/streaming/stream-message.js';
import { buildStreamingGraph } from '../../../pipeline/engines/streaming/streaming-graph.js';
import type { StreamingOptions } from '../../../pipeline/engines/streaming/streaming-options.js';
import { provideShareResources } from '../../../pipeline/engines/micro-batch/share-resources.js';
import { lendFrozen, readFrozen, takeBackFrozen } from '../../../pipeline/sources/read-frozen.js';
import { hashLake, type ContentHashes } from '../../../query/content-hash.js';
import { SETTING } from '../../support/direct.js';

export const JOB = 'vitals-test';
const RECEIVED = Date.UTC(2026, 10, 21, 12);

const { graph: GRAPH, resources: RESOURCES } = SETTING;

export function streamingOptions(lake: string): StreamingOptions {
  return { lake, job: JOB, graph: GRAPH, earlyMillis: 20, latenessMillis: 3_600_000 };
}

/** A message as a broker delivers it; without an id as brokers do that keep theirs to themselves. */
export function delivered(payload: string, brokerId: string | null = null): StreamMessage {
  return streamMessage(
    { payload: Buffer.from(payload), attributes: null, dialect: null, message_id: brokerId, publish_time: null },
    'memory:test',
    RECEIVED,
  );
}

let bundles = 0;

/** What an unbounded job does with one bundle, done on the DirectRunner: it lands, and its panes fire. */
export async function runBundle(lake: string, messages: readonly StreamMessage[]): Promise<void> {
  provideShareResources({ graph: GRAPH, resources: RESOURCES });
  const run = `bundle-${(bundles += 1)}`;
  lendFrozen(run, messages);
  try {
    await runOnDirectRunner((root) =>
      buildStreamingGraph(root, (from) => readFrozen(from, run), streamingOptions(lake)),
    );
  } finally {
    takeBackFrozen(run);
  }
}

/** A job that has done what it was to do, and is over. */
export const OVER: StreamingJob = { ended: Promise.resolve(), drain: async () => {}, cancel: async () => {} };

/** Commits what a job lands until it has ended. */
export function commitStream(
  lake: string,
  changes: Partial<ContinuousOptions> = {},
  start: () => Promise<StreamingJob> = async () => OVER,
  signal: AbortSignal = new AbortController().signal,
): Promise<ContinuousStatus> {
  return runContinuous(
    {
      lake,
      sourceUrl: 'memory:test',
      stream: { job: JOB, earlyMillis: 20, latenessMillis: 3_600_000 },
      ...SETTING,
      limits: { messages: 10, bytes: 1 << 30 },
      batchMillis: 5,
      pollMillis: 5,
      outOfOrdernessMillis: 30_000,
      indexKeys: 1_000_000,
      clock: Date.now,
      onStatus: () => {},
      ...changes,
    },
    start,
    signal,
  );
}

export async function hashesOf(lake: string): Promise<ContentHashes> {
  return hashLake(await openLakeSnapshot(lake));
}

/** What a process that was killed leaves: its lock names a process that is no more. */
export async function forgetWriter(lake: string): Promise<void> {
  await rm(join(lake, '_writer.lock'), { recursive: true, force: true });
}
