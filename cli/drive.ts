import type { RunStatus } from '../pipeline/engines/micro-batch/status.js';
import type { Source } from '../pipeline/sources/source.js';
import { engineOptions } from './engine-options.js';
import { MICRO_BATCH_ENGINES, type RunEngine } from './engines.js';
import { settingOf } from './resources.js';
import type { RunFlags } from './run-flags.js';

/** Checks the flags and runs an engine, the direct one by default, until its source is drained or the signal aborts. */
export async function drive(
  flags: RunFlags,
  source: Source,
  once: boolean,
  signal: AbortSignal,
  onStatus: (status: RunStatus) => void,
  runEngine?: RunEngine,
): Promise<RunStatus> {
  const options = engineOptions(flags, await settingOf(flags, !once), onStatus);
  const run = runEngine ?? (await MICRO_BATCH_ENGINES.direct());
  return run({ ...options, source, once, workers: flags.workers }, signal);
}
