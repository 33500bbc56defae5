import { createHash } from 'node:crypto';
import type { Root } from '../../../beam/index.js';
import { replaceEnvironments } from '../../../beam/portable/environment.js';
import { runnerApi, type RunnerApi } from '../../../beam/portable/internals.js';
import { checkGraph, componentsOf } from './check-graph.js';
import { nameSdkSteps } from './sdk-step-names.js';
import { capturePipeline } from './sdk.js';

/** A pipeline as it is staged. */
export interface SerialisedPipeline {
  readonly pipeline: RunnerApi.Pipeline;
  readonly bytes: Uint8Array;
  /** Of the bytes, in hex. */
  readonly sha256: string;
  /** At least one collection is unbounded. */
  readonly streaming: boolean;
}

/**
 * Serialises a graph for workers that run in a container image. The same graph gives the same bytes, so that a repeated
 * submission finds its file already staged.
 *
 * @param image container image of the workers, by digest
 * @throws ConfigurationError when the graph does not pass checkGraph
 */
export async function serialisePipeline(
  build: (root: Root) => void | Promise<void>,
  image: string,
): Promise<SerialisedPipeline> {
  const pipeline = await capturePipeline(build);
  nameSdkSteps(pipeline);
  replaceEnvironments(pipeline, { kind: 'docker', image });
  checkGraph(pipeline);
  const bytes = runnerApi.Pipeline.toBinary(pipeline);
  const collections = Object.values(componentsOf(pipeline).pcollections);
  return {
    pipeline,
    bytes,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    streaming: collections.some(({ isBounded }) => isBounded === runnerApi.IsBounded_Enum.UNBOUNDED),
  };
}
