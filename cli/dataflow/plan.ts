import { stepNames } from '../../pipeline/engines/dataflow/check-graph.js';
import { checkMapping } from '../../pipeline/engines/dataflow/check-mapping.js';
import { checkOptions } from '../../pipeline/engines/dataflow/check-options.js';
import type { DataflowOptions } from '../../pipeline/engines/dataflow/options.js';
import type { SerialisedPipeline } from '../../pipeline/engines/dataflow/pipeline-proto.js';
import { dataflowStream, streamingPipeline } from '../../pipeline/engines/dataflow/streaming-pipeline.js';
import type { SubmissionMode } from '../../pipeline/engines/dataflow/submit.js';
import { planWorkerResources, type StagedFile } from '../../pipeline/engines/dataflow/worker-resources.js';
import type { StreamingOptions } from '../../pipeline/engines/streaming/streaming-options.js';
import { ConfigurationError } from '../../schema/errors.js';
import type { GraphSetting } from '../graph-setting.js';
import { settingOf } from '../resources.js';
import { withoutChallenger } from '../scoring-models.js';
import type { RunFlags } from '../run-flags.js';
import type { DataflowFlags } from './flags.js';
import { cloudLakeOf, jobOptionsOf, pubsubSourceOf, submissionModeOf, withSetup } from './options.js';

export interface DataflowArguments extends RunFlags, DataflowFlags {
  readonly source: string;
  readonly once: boolean;
}

/** Everything about a submission that can be known without a network. */
export interface DataflowPlan {
  readonly options: DataflowOptions;
  readonly setting: GraphSetting;
  readonly stream: StreamingOptions;
  readonly pipeline: SerialisedPipeline;
  readonly mode: SubmissionMode;
  /** Resources of the workers, to be staged before the job is created. */
  readonly files: readonly StagedFile[];
}

/** Reads and checks flags and files, and builds the graph. @throws ConfigurationError for what is wrong */
export async function planDataflow(args: DataflowArguments): Promise<DataflowPlan> {
  if (args.once) {
    const problem = 'a job that reads a subscription does not come to an end';
    throw new ConfigurationError('--once', problem, 'Leave it out, and end the job with Ctrl-C or vitals drain.');
  }
  const source = pubsubSourceOf(args.source, args);
  const lake = cloudLakeOf(args.lake);
  const job = jobOptionsOf(args);
  const mode = submissionModeOf(args);
  checkOptions(withSetup(job, { module: '', argument: null }));
  // A job on the service keeps its graph: it scores with the champion of now, and nothing scores in its shadow.
  const setting = withoutChallenger(await settingOf(args, true, args.lake));
  const { setup, files } = planWorkerResources(
    setting.graph,
    setting.resources,
    args['pseudonym-key-secret'] ?? null,
    args['pseudonym-key-file'] === undefined,
    job.stagingLocation,
  );
  const stream = dataflowStream(lake, job.jobName, setting.graph);
  const pipeline = await streamingPipeline(source, stream, job.workerImage);
  if (mode.kind === 'update') checkMapping(mode.transformNameMapping, stepNames(pipeline.pipeline));
  return { options: withSetup(job, setup), setting, stream, pipeline, mode, files };
}
