import type { MicroBatchOptions } from '../pipeline/engines/micro-batch/options.js';
import type { RunStatus } from '../pipeline/engines/micro-batch/status.js';
import type { FlinkFlags } from './flink-flags.js';
import type { RunFlags } from './run-flags.js';

/** Flags of every engine of micro-batches; those of one that was not chosen are not looked at. */
export type EngineFlags = RunFlags & FlinkFlags;

/** Runs micro-batches until the source is drained or the signal aborts. */
export type RunEngine = (options: MicroBatchOptions, signal: AbortSignal) => Promise<RunStatus>;

/** The engines that run the loop of micro-batches, by name. Each is loaded when it is chosen. */
export const MICRO_BATCH_ENGINES = {
  direct: async (): Promise<RunEngine> => (await import('../pipeline/engines/direct/engine.js')).runDirect,
  flink: async (flags: EngineFlags): Promise<RunEngine> => {
    const { flinkOptionsOf } = await import('./flink-flags.js');
    const flink = flinkOptionsOf(flags);
    const { runFlink } = await import('../pipeline/engines/flink/engine.js');
    return (options, signal) => runFlink(options, flink, signal);
  },
} as const;

export type MicroBatchEngine = keyof typeof MICRO_BATCH_ENGINES;
