import { describe, expect, test } from '@jest/globals';
import type * as RunnerApi from 'apache-beam/proto/beam_runner_api';
import type * as WindowFns from 'apache-beam/proto/standard_window_fns';
import {
  afterAny,
  afterCount,
  afterProcessingTime,
  afterWatermark,
  beam,
  fixedWindows,
  globalWindows,
  register,
  repeatedly,
  runOnDirectRunner,
  sessionWindows,
  slidingWindows,
  step,
  windowing,
  type Windowing,
} from '../../beam/index.js';
import { internal, Long } from '../../beam/sdk-internals.js';
import { Pipeline, pvalue } from './harness/sdk-modules.js';

const { WindowingStrategy, Pipeline: PipelineProto } = internal<typeof RunnerApi>('proto/beam_runner_api');
const { FixedWindowsPayload, SlidingWindowsPayload, SessionWindowsPayload } =
  internal<typeof WindowFns>('proto/standard_window_fns');

const seen: unknown[] = [];

class Note {
  *process(element: unknown): Generator<unknown> {
    seen.push(element);
    yield element;
  }
}

register('test/beam/windowing', { Note, atNoon });

/** The strategy of the groups after `Group`, as it stands in the pipeline that a runner gets, over the wire. */
function strategyOf(windows: Windowing<{ ward: string }>): RunnerApi.WindowingStrategy {
  const pipeline = new Pipeline();
  const root = new pvalue.Root(pipeline);
  root
    .apply(step('Rows', beam.create([{ ward: 'a' }], false)))
    .apply(step('Windows', windows))
    .apply(step('Group', beam.groupBy('ward')));
  const { components } = PipelineProto.fromBinary(PipelineProto.toBinary(pipeline.getProto()));
  const group = Object.values(components?.transforms ?? {}).find(({ uniqueName }) => uniqueName === 'Group');
  const output = components?.pcollections[Object.values(group?.outputs ?? {})[0] ?? ''];
  const strategy = components?.windowingStrategies[output?.windowingStrategyId ?? ''];
  if (!strategy) throw new Error('the grouping has no windowing strategy');
  return strategy;
}

describe('a windowing strategy', () => {
  test('reaches the grouping whole: windows, early and late firings, lateness, accumulation', () => {
    const strategy = strategyOf(
      windowing<{ ward: string }>(fixedWindows(60))
        .triggering(afterWatermark().withEarlyFirings(afterProcessingTime(10_000)).withLateFirings(afterCount(1)))
        .withAllowedLateness(3_600_000)
        .accumulatingFiredPanes(),
    );
    expect(WindowingStrategy.toJson(strategy)).toMatchObject({
      windowFn: { urn: 'beam:window_fn:fixed_windows:v1' },
      mergeStatus: 'NON_MERGING',
      assignsToOneWindow: true,
      trigger: {
        afterEndOfWindow: {
          earlyFirings: { afterProcessingTime: { timestampTransforms: [{ delay: { delayMillis: '10000' } }] } },
          lateFirings: { elementCount: { elementCount: 1 } },
        },
      },
      accumulationMode: 'ACCUMULATING',
      outputTime: 'END_OF_WINDOW',
      closingBehavior: 'EMIT_IF_NONEMPTY',
      onTimeBehavior: 'FIRE_IF_NONEMPTY',
      allowedLateness: '3600000',
      environmentId: 'jsEnvironment',
    });
    expect(FixedWindowsPayload.fromBinary(strategy.windowFn?.payload ?? new Uint8Array()).size?.seconds).toBe(60n);
  });

  test('fires once at the end of the window, and takes nothing late, unless told otherwise', () => {
    const strategy = strategyOf(windowing(fixedWindows(60)));
    expect(strategy.trigger?.trigger.oneofKind).toBe('default');
    expect(strategy.allowedLateness).toBe(0n);
  });

  test('discards what was fired, and fires on time always, if told so', () => {
    const strategy = WindowingStrategy.toJson(
      strategyOf(
        windowing<{ ward: string }>(fixedWindows(60))
          .triggering(repeatedly(afterAny(afterCount(100), afterProcessingTime(500))))
          .discardingFiredPanes()
          .firingOnTimeAlways(),
      ),
    );
    expect(strategy).toMatchObject({
      accumulationMode: 'DISCARDING',
      onTimeBehavior: 'FIRE_ALWAYS',
      trigger: {
        repeat: {
          subtrigger: {
            afterAny: { subtriggers: [{ elementCount: { elementCount: 100 } }, { afterProcessingTime: {} }] },
          },
        },
      },
    });
  });

  test('with sliding windows says that an element is in several of them', () => {
    const strategy = strategyOf(windowing(slidingWindows(300, 60)));
    const payload = SlidingWindowsPayload.fromBinary(strategy.windowFn?.payload ?? new Uint8Array());
    expect([payload.size?.seconds, payload.period?.seconds]).toEqual([300n, 60n]);
    expect(strategy.assignsToOneWindow).toBe(false);
  });

  test('with sessions asks the runner to merge them', () => {
    const strategy = strategyOf(windowing(sessionWindows(1_800)));
    const payload = SessionWindowsPayload.fromBinary(strategy.windowFn?.payload ?? new Uint8Array());
    expect(payload.gapSize?.seconds).toBe(1_800n);
    expect(WindowingStrategy.toJson(strategy)).toMatchObject({ mergeStatus: 'NEEDS_MERGE' });
  });

  test('is immutable: a branch of it leaves the first as it was', () => {
    const minutes = windowing<{ ward: string }>(fixedWindows(60));
    minutes.withAllowedLateness(1_000).discardingFiredPanes();
    expect(strategyOf(minutes).allowedLateness).toBe(0n);
  });

  test('runs on the DirectRunner, which ignores its triggers', async () => {
    seen.length = 0;
    await runOnDirectRunner((root) => {
      root
        .apply(step('Rows', beam.create([{ ward: 'a' }, { ward: 'a' }], false)))
        .apply(step('Windows', windowing<{ ward: string }>(globalWindows())))
        .apply(step('Group', beam.groupBy('ward')))
        .apply(step('Note', beam.parDo(new Note() as never)));
    });
    expect(seen).toEqual([{ key: 'a', value: [{ ward: 'a' }, { ward: 'a' }] }]);
  });

  test('puts an element into each sliding window that covers it', async () => {
    seen.length = 0;
    await runOnDirectRunner((root) => {
      root
        .apply(step('Rows', beam.create([{ ward: 'a' }], false)))
        .apply(step('Times', beam.assignTimestamps(atNoon as never)))
        .apply(step('Windows', windowing<{ ward: string }>(slidingWindows(300, 60))))
        .apply(step('Group', beam.groupBy('ward')))
        .apply(step('Note', beam.parDo(new Note() as never)));
    });
    expect(seen).toHaveLength(5);
  });

  test.each([
    ['fixedWindows(0.5)', () => fixedWindows(0.5), /0\.5 seconds; give a whole number/],
    ['slidingWindows(60, 0)', () => slidingWindows(60, 0), /0 seconds/],
    ['afterCount(0)', () => afterCount(0), /count of afterCount is 0/],
    ['afterProcessingTime(-1)', () => afterProcessingTime(-1), /delay of afterProcessingTime is -1/],
    ['a lateness of -1 ms', () => windowing(fixedWindows(1)).withAllowedLateness(-1), /allowed lateness of -1 ms/],
    ['a trigger that ends', () => windowing(fixedWindows(1)).triggering(afterCount(1)), /loses what comes later/],
    [
      'lateness without accumulation',
      () => strategyOf(windowing<{ ward: string }>(fixedWindows(1)).withAllowedLateness(1)),
      /add discardingFiredPanes/,
    ],
    [
      'lateness that no firing serves',
      () =>
        strategyOf(
          windowing<{ ward: string }>(fixedWindows(1))
            .triggering(afterWatermark())
            .withAllowedLateness(1)
            .discardingFiredPanes(),
        ),
      /add withLateFirings/,
    ],
  ])('refuses %s', (_what, build, message) => {
    expect(build).toThrow(message);
  });
});

function atNoon(): unknown {
  return Long.fromNumber(1_795_000_000_000);
}
