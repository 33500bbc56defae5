import type { ContinuousStatus } from '../pipeline/engines/streaming/run-continuous.js';
import { runFlinkStreaming } from '../pipeline/engines/flink/streaming-engine.js';
import { DEFAULT_EARLY_MILLIS, DEFAULT_LATENESS_MILLIS } from '../pipeline/engines/streaming/streaming-options.js';
import type { RunStatus } from '../pipeline/engines/micro-batch/status.js';
import { ConfigurationError } from '../schema/errors.js';
import { engineOptions } from './engine-options.js';
import { flinkOptionsOf, type FlinkFlags } from './flink-flags.js';
import { settingOf } from './resources.js';
import type { RunFlags } from './run-flags.js';

/** Flags of a run that the cluster works on without end. */
export interface StreamingArguments extends RunFlags, FlinkFlags {
  readonly source: string;
  readonly once: boolean;
  readonly 'job-name': string;
}

/**
 * `vitals run --engine flink --mode streaming`: an unbounded job whose workers read the source; the signal drains it.
 *
 * @throws ConfigurationError for flags that do not go together, and what {@link runFlinkStreaming} throws
 */
export async function runStreaming(
  args: StreamingArguments,
  signal: AbortSignal,
  onStatus: (status: RunStatus) => void,
): Promise<ContinuousStatus> {
  if (args.once) {
    const problem = 'a job that streams does not come to an end';
    throw new ConfigurationError('--once', problem, 'Leave it out, or use --mode micro-batch.');
  }
  const flink = flinkOptionsOf(args);
  const options = engineOptions(args, await settingOf(args, true, args.lake), onStatus);
  const stream = { job: args['job-name'], earlyMillis: DEFAULT_EARLY_MILLIS, latenessMillis: DEFAULT_LATENESS_MILLIS };
  return runFlinkStreaming({ ...options, sourceUrl: args.source, stream }, flink, signal);
}
