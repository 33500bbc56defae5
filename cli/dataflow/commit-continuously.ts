import type { RunStatus } from '../../pipeline/engines/micro-batch/status.js';
import {
  runContinuous,
  type ContinuousStatus,
  type StreamingJob,
} from '../../pipeline/engines/streaming/run-continuous.js';
import { engineOptions } from '../engine-options.js';
import type { DataflowArguments, DataflowPlan } from './plan.js';

/** Commits what the job lands until the signal aborts, or the job ends. @throws what the job failed with */
export function commitContinuously(
  args: DataflowArguments,
  { setting, stream }: DataflowPlan,
  signal: AbortSignal,
  onStatus: (status: RunStatus) => void,
  start: () => Promise<StreamingJob>,
): Promise<ContinuousStatus> {
  const options = engineOptions(args, { ...setting, graph: stream.graph }, onStatus);
  return runContinuous({ ...options, lake: stream.lake, sourceUrl: args.source, stream }, start, signal);
}
