import { beam, type Root } from '../../../beam/index.js';
import { runnerApi, type RunnerApi } from '../../../beam/portable/internals.js';
import { internal } from '../../../beam/sdk-internals.js';

/** Every module that registered DoFns so far, by the name under which a worker loads it. */
export const { getRegisteredModules: registeredModules } = internal<{ getRegisteredModules(): readonly string[] }>(
  'serialization',
);

/** A runner that runs nothing: it keeps the pipeline it is given. */
class CapturePipeline extends beam.Runner {
  captured: RunnerApi.Pipeline | undefined;

  override async runPipeline(pipeline: RunnerApi.Pipeline): Promise<never> {
    this.captured = pipeline;
    return { waitUntilFinish: async () => {} } as never;
  }
}

/** Builds a graph and returns the pipeline that the SDK makes of it; nothing is run. */
export async function capturePipeline(build: (root: Root) => void | Promise<void>): Promise<RunnerApi.Pipeline> {
  const runner = new CapturePipeline();
  await runner.runAsync((async (root: Root) => build(root)) as never);
  if (!runner.captured) throw new Error('dataflow: the SDK made no pipeline');
  return runnerApi.Pipeline.clone(runner.captured);
}
