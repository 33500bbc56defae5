import { resolve } from 'node:path';
import { runDirect } from '../pipeline/engines/direct/engine.js';
import {
  DEFAULT_INDEX_KEYS,
  DEFAULT_LIMITS,
  DEFAULT_OUT_OF_ORDERNESS_MILLIS,
} from '../pipeline/engines/micro-batch/options.js';
import type { RunStatus } from '../pipeline/engines/micro-batch/status.js';
import type { Source } from '../pipeline/sources/source.js';
import { ConfigurationError } from '../schema/errors.js';
import { settingOf } from './resources.js';
import type { RunFlags } from './run-flags.js';

/** Checks the flags and runs the direct engine until its source is drained or the signal aborts. */
export async function drive(
  flags: RunFlags,
  source: Source,
  once: boolean,
  signal: AbortSignal,
  onStatus: (status: RunStatus) => void,
): Promise<RunStatus> {
  requireAtLeast('--workers', flags.workers, 0);
  requireAtLeast('--batch-messages', flags['batch-messages'], 1);
  requireAtLeast('--batch-seconds', flags['batch-seconds'], 0.01);
  const setting = await settingOf(flags, !once);
  return runDirect(
    {
      ...setting,
      lake: resolve(flags.lake),
      source,
      once,
      workers: flags.workers,
      limits: { ...DEFAULT_LIMITS, messages: flags['batch-messages'] },
      batchMillis: flags['batch-seconds'] * 1000,
      outOfOrdernessMillis: DEFAULT_OUT_OF_ORDERNESS_MILLIS,
      indexKeys: DEFAULT_INDEX_KEYS,
      clock: Date.now,
      onStatus,
    },
    signal,
  );
}

function requireAtLeast(flag: string, value: number, least: number): void {
  if (Number.isFinite(value) && value >= least) return;
  throw new ConfigurationError(flag, `${value} is not a number of at least ${least}`, `Give ${least} or more.`);
}
