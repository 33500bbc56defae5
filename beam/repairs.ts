import { refuseMissingCombiners } from './combining.js';
import { surviveControlLoss } from './control-stream.js';
import { repairDoubles, repairIntegers, repairNumbers } from './coders.js';
import { swapSinkBufferFirst } from './data-sink.js';
import { repairDistributions } from './distributions.js';
import { awaitImpulse } from './impulse.js';
import { indexKnownObjects } from './known-objects.js';
import { answerEveryInstruction } from './instructions.js';
import { resetMetricsPerBundle } from './metrics.js';
import { repairObjects } from './objects.js';
import { awaitAsyncDoFns } from './pardo.js';
import { quietWorker } from './quiet-worker.js';
import { serializeBundles } from './serial-bundles.js';
import { makeSideInputsReiterable } from './side-inputs.js';
import { failReadsOfLostState } from './state-channel.js';
import { nameWorkerInDescriptorCalls } from './worker-id.js';

/**
 * Every repair of apache-beam 2.49.0 by its name, in the order of installation (docs/sdk-repairs.md). A test takes each
 * one out in turn and shows what then goes wrong.
 */
export const REPAIRS = {
  'int64-varint': repairIntegers,
  'fast-double': repairDoubles,
  'safe-number': repairNumbers,
  'objects-and-bytes': repairObjects,
  distributions: repairDistributions,
  'metrics-per-bundle': resetMetricsPerBundle,
  'reiterable-side-inputs': makeSideInputsReiterable,
  'async-dofns': awaitAsyncDoFns,
  'awaited-impulse': awaitImpulse,
  'serial-bundles': serializeBundles,
  'sink-buffer': swapSinkBufferFirst,
  'worker-id': nameWorkerInDescriptorCalls,
  'every-instruction': answerEveryInstruction,
  'control-loss': surviveControlLoss,
  'state-loss': failReadsOfLostState,
  'quiet-worker': quietWorker,
  'missing-combiner': refuseMissingCombiners,
  'known-objects': indexKnownObjects,
} as const;

export type RepairName = keyof typeof REPAIRS;

/** Installs the repairs in this process; call it once, before any pipeline is built or worker started. */
export function installRepairs(without: readonly RepairName[] = []): void {
  for (const [name, install] of Object.entries(REPAIRS)) {
    if (!without.includes(name as RepairName)) install();
  }
}
