import type { Root } from '../../../beam/index.js';
import type { StreamingOptions } from './streaming-options.js';

/** The part of a WindowingStrategy proto (beam_runner_api.proto) that this file sets. */
interface WindowingStrategy {
  readonly windowFn?: { readonly urn: string };
  trigger?: unknown;
  accumulationMode: number;
  closingBehavior: number;
  onTimeBehavior: number;
  allowedLateness: bigint;
}

/** Values of the enums AccumulationMode, ClosingBehavior and OnTimeBehavior of beam_runner_api.proto. */
const DISCARDING = 1;
const EMIT_IF_NONEMPTY = 2;
const FIRE_IF_NONEMPTY = 2;

const FIXED_WINDOWS = 'beam:window_fn:fixed_windows:v1';

/**
 * Lets every window of a built graph fire while it is open (so that nothing waits for a watermark that a broker moves
 * once a minute), at its end, and for each late element until the lateness has passed; panes are discarding, because the
 * committer takes the union.
 *
 * The strategies of the built graph are changed rather than its steps: triggers belong to an engine, and the graph is the
 * same for all of them.
 */
export function fireEarlyAndLate(root: Root, options: Pick<StreamingOptions, 'earlyMillis' | 'latenessMillis'>): void {
  const { windowingStrategies } = componentsOf(root);
  for (const strategy of Object.values(windowingStrategies)) {
    if (strategy.windowFn?.urn !== FIXED_WINDOWS) continue;
    strategy.trigger = earlyAndLate(options.earlyMillis);
    strategy.accumulationMode = DISCARDING;
    strategy.closingBehavior = EMIT_IF_NONEMPTY;
    strategy.onTimeBehavior = FIRE_IF_NONEMPTY;
    strategy.allowedLateness = BigInt(options.latenessMillis);
  }
}

function earlyAndLate(earlyMillis: number): unknown {
  const delay = { timestampTransform: { oneofKind: 'delay', delay: { delayMillis: BigInt(earlyMillis) } } };
  const early = {
    trigger: { oneofKind: 'afterProcessingTime', afterProcessingTime: { timestampTransforms: [delay] } },
  };
  const late = { trigger: { oneofKind: 'elementCount', elementCount: { elementCount: 1 } } };
  return {
    trigger: { oneofKind: 'afterEndOfWindow', afterEndOfWindow: { earlyFirings: early, lateFirings: late } },
  };
}

/** The proto that the SDK builds while transforms are applied. */
function componentsOf(root: Root): { readonly windowingStrategies: Record<string, WindowingStrategy> } {
  const { pipeline } = root as unknown as {
    pipeline: { proto: { components: { windowingStrategies: Record<string, WindowingStrategy> } } };
  };
  return pipeline.proto.components;
}
