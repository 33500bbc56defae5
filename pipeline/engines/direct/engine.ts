import type { MicroBatchOptions } from '../micro-batch/options.js';
import { runMicroBatches } from '../micro-batch/run-micro-batches.js';
import type { RunStatus } from '../micro-batch/status.js';
import { DirectCrew } from './crew.js';

/**
 * The embedded engine: micro-batches on Beam's DirectRunner, in worker threads that each own a share of the patients.
 *
 * Delivery: exactly once in silver and gold, as {@link runMicroBatches} has it.
 *
 * @returns where the run stood at its end
 * @throws LakeError when the lake cannot be written or has another writer; nothing is half-written then
 */
export function runDirect(options: MicroBatchOptions, signal: AbortSignal): Promise<RunStatus> {
  return runMicroBatches(options, (crewOptions) => DirectCrew.open(crewOptions, options.workers), signal);
}
