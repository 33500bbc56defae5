import type { PCollection } from 'apache-beam';
import type * as RunnerApi from 'apache-beam/proto/beam_runner_api';
import { runnerEnums, sdk } from './sdk-internals.js';
import type { AfterWatermark, Trigger } from './triggers.js';
import type { WindowFn } from './windows.js';

type Accumulation = 'discarding' | 'accumulating';

interface Strategy {
  readonly windowFn: WindowFn;
  readonly trigger?: Trigger;
  readonly allowedLatenessMillis: number;
  readonly accumulation?: Accumulation;
  readonly onTime: 'if-non-empty' | 'always';
}

/**
 * Begins a windowing strategy: how elements are put into windows, when a window emits a pane, how long late data counts,
 * and whether a later pane holds what an earlier one had. The result is a transform:
 *
 *     readings.apply(step('Minutes', windowing(fixedWindows(60))
 *       .triggering(afterWatermark().withEarlyFirings(afterProcessingTime(10_000)).withLateFirings(afterCount(1)))
 *       .withAllowedLateness(3_600_000)
 *       .discardingFiredPanes()))
 *
 * Without a trigger a window fires once at its end. A strategy with a trigger or with lateness must say what becomes of
 * fired panes, and must not lose data behind a trigger that has ended: both are refused when the pipeline is built.
 */
export function windowing<T>(windowFn: WindowFn): Windowing<T> {
  return new Windowing<T>({ windowFn, allowedLatenessMillis: 0, onTime: 'if-non-empty' });
}

/** A windowing strategy under construction, and a transform; each method returns a new one. */
export class Windowing<T> extends sdk.PTransformClass<PCollection<T>, PCollection<T>> {
  constructor(private readonly strategy: Strategy) {
    super('Windowing');
  }

  /** @throws RangeError when the trigger may end: what comes for its window afterwards would be lost */
  triggering(trigger: Trigger): Windowing<T> {
    if (trigger.finishes) {
      throw new RangeError(
        'beam: a trigger that fires once loses what comes later for its window; use repeatedly(...) or afterWatermark().',
      );
    }
    return new Windowing<T>({ ...this.strategy, trigger });
  }

  /** How long after its end, in milliseconds of event time, a window still takes elements. */
  withAllowedLateness(millis: number): Windowing<T> {
    if (!Number.isSafeInteger(millis) || millis < 0) {
      throw new RangeError(`beam: an allowed lateness of ${millis} ms; give a whole number, zero or above.`);
    }
    return new Windowing<T>({ ...this.strategy, allowedLatenessMillis: millis });
  }

  /** Each pane holds only what has come since the one before. */
  discardingFiredPanes(): Windowing<T> {
    return new Windowing<T>({ ...this.strategy, accumulation: 'discarding' });
  }

  /** Each pane holds everything that its window has had so far. */
  accumulatingFiredPanes(): Windowing<T> {
    return new Windowing<T>({ ...this.strategy, accumulation: 'accumulating' });
  }

  /** Fires the pane at the end of the window even when nothing has come since the last early one. */
  firingOnTimeAlways(): Windowing<T> {
    return new Windowing<T>({ ...this.strategy, onTime: 'always' });
  }

  override expandInternal(
    input: PCollection<T>,
    pipeline: { defaultEnvironment: string },
    transform: RunnerApi.PTransform,
  ): PCollection<T> {
    const { windowFn } = this.strategy;
    const base = strategyProto(this.strategy, pipeline.defaultEnvironment);
    const into = sdk.windowInto(windowFn as never, base) as unknown as (
      ...arguments_: [PCollection<T>, object, RunnerApi.PTransform]
    ) => PCollection<T>;
    return into(input, pipeline, transform);
  }
}

function strategyProto(strategy: Strategy, environmentId: string): RunnerApi.WindowingStrategy {
  const { trigger, allowedLatenessMillis, accumulation = 'discarding' } = strategy;
  refuseUnsafe(strategy);
  return {
    // The SDK fills in these three, and the function itself, from the window function.
    windowCoderId: '',
    mergeStatus: runnerEnums.MergeStatus_Enum.UNSPECIFIED,
    assignsToOneWindow: true,
    trigger: trigger?.proto ?? { trigger: { oneofKind: 'default', default: {} } },
    accumulationMode: runnerEnums.AccumulationMode_Enum[accumulation === 'discarding' ? 'DISCARDING' : 'ACCUMULATING'],
    outputTime: runnerEnums.OutputTime_Enum.END_OF_WINDOW,
    closingBehavior: runnerEnums.ClosingBehavior_Enum.EMIT_IF_NONEMPTY,
    onTimeBehavior: runnerEnums.OnTimeBehavior_Enum[strategy.onTime === 'always' ? 'FIRE_ALWAYS' : 'FIRE_IF_NONEMPTY'],
    allowedLateness: BigInt(allowedLatenessMillis),
    environmentId,
  };
}

function refuseUnsafe({ trigger, allowedLatenessMillis, accumulation }: Strategy): void {
  if ((trigger || allowedLatenessMillis > 0) && accumulation === undefined) {
    throw new Error(
      'beam: a windowing with a trigger or with lateness fires more than once: ' +
        'add discardingFiredPanes() or accumulatingFiredPanes().',
    );
  }
  if (allowedLatenessMillis > 0 && (trigger as AfterWatermark | undefined)?.handlesLate === false) {
    throw new Error(
      'beam: afterWatermark() without withLateFirings(...) loses what comes within the allowed lateness: ' +
        'add withLateFirings(afterCount(1)).',
    );
  }
}
