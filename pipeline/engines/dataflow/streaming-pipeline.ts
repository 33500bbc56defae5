import { readPubsubLeaf, type PubsubLeafOptions } from './pubsub-leaf.js';
import type { GraphOptions } from '../../graph.js';
import { buildStreamingGraph } from '../streaming/streaming-graph.js';
import {
  DEFAULT_EARLY_MILLIS,
  DEFAULT_LATENESS_MILLIS,
  type StreamingOptions,
} from '../streaming/streaming-options.js';
import { serialisePipeline, type SerialisedPipeline } from './pipeline-proto.js';

/**
 * Groups of patients that the service may spread over workers. A constant, because another number would be another graph,
 * whose panes are not those of the job before it; enough for the largest job that the flags allow to keep its cores busy.
 */
const BUCKETS = 64;

/** What the unbounded job and its committer must agree on. */
export function dataflowStream(lake: string, job: string, graph: GraphOptions): StreamingOptions {
  return {
    lake,
    job,
    graph: { ...graph, buckets: BUCKETS },
    earlyMillis: DEFAULT_EARLY_MILLIS,
    latenessMillis: DEFAULT_LATENESS_MILLIS,
  };
}

/**
 * The continuous graph over a subscription that Dataflow reads by itself, serialised for its workers.
 *
 * @throws ConfigurationError when the graph cannot be sent
 */
export function streamingPipeline(
  source: PubsubLeafOptions,
  stream: StreamingOptions,
  image: string,
): Promise<SerialisedPipeline> {
  return serialisePipeline((root) => buildStreamingGraph(root, (from) => readPubsubLeaf(from, source), stream), image);
}
