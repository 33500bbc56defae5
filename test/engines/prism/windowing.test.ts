import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  afterCount,
  afterProcessingTime,
  afterWatermark,
  beam,
  fixedWindows,
  register,
  repeatedly,
  step,
  windowing,
  type Windowing,
} from '../../../beam/index.js';
import { runPortably } from '../../../beam/portable/index.js';
import { appendFired, readFired, testStream, type TestStream } from '../../../beam/testing/index.js';
import { withFolder } from '../support/folder.js';
import { describeOn } from '../support/program.js';
import { PRISM, startPrism, type Prism } from '../support/prism.js';
import { NOON } from './a-block.js';

interface Event {
  readonly key: string;
  readonly n: number;
}

/** The events of a pane. */
class Numbers {
  *process(group: { readonly value: Iterable<Event> }): Generator<number[]> {
    yield [...group.value].map(({ n }) => n).sort();
  }
}

register('test/engines/prism/windowing', { Numbers });

let prism: Prism;
beforeAll(async () => {
  if ('path' in PRISM) prism = await startPrism();
});
afterAll(async () => await prism?.stop());

const at = (n: number, seconds: number) => ({ value: { key: 'a', n }, timestamp: NOON + seconds * 1_000 });

/** Plays a stream through a windowing and a group: timing and events of each pane. */
function panesOf(strategy: Windowing<Event>, stream: TestStream<Event>): Promise<[string, number[]][]> {
  return withFolder(async (folder) => {
    await runPortably(
      (root) => {
        const grouped = stream
          .applyTo(root)
          .apply(step('Window', strategy))
          .apply(step('Group', beam.groupBy('key' as never)));
        appendFired('Append', folder, grouped.apply(step('Numbers', beam.parDo(new Numbers() as never))) as never);
      },
      { jobEndpoint: prism.jobEndpoint, jobName: 'windowing', worker: { kind: 'loopback' }, timeoutMillis: 30_000 },
    );
    const fired = readFired<number[]>(folder).sort((a, b) => a.pane - b.pane);
    return fired.map(({ timing, value }) => [timing, value]);
  });
}

/** Two events early, one on time, one late, and one too late for a minute of lateness. */
const SCRIPT = testStream<Event>()
  .advanceWatermarkTo(NOON)
  .addElements(at(1, 5), at(2, 6))
  .advanceProcessingTime(11_000)
  .addElements(at(3, 7))
  .advanceWatermarkTo(NOON + 61_000)
  .addElements(at(4, 8))
  .advanceWatermarkTo(NOON + 120_001)
  .addElements(at(5, 9))
  .advanceWatermarkToInfinity();

const earlyAndLate = windowing<Event>(fixedWindows(60))
  .triggering(afterWatermark().withEarlyFirings(afterProcessingTime(10_000)).withLateFirings(afterCount(1)))
  .withAllowedLateness(60_000);

describeOn(PRISM, 'typed windowing strategies on a runner', () => {
  test('discarding panes bring each event once, and none that is too late', async () => {
    expect(await panesOf(earlyAndLate.discardingFiredPanes(), SCRIPT)).toEqual([
      ['EARLY', [1, 2]],
      ['ON_TIME', [3]],
      ['LATE', [4]],
    ]);
  });

  test('accumulating panes bring all that their window has had so far', async () => {
    expect(await panesOf(earlyAndLate.accumulatingFiredPanes(), SCRIPT)).toEqual([
      ['EARLY', [1, 2]],
      ['ON_TIME', [1, 2, 3]],
      ['LATE', [1, 2, 3, 4]],
    ]);
  });

  test('a count fires as often as it is reached', async () => {
    const everyTwo = windowing<Event>(fixedWindows(60))
      .triggering(repeatedly(afterCount(2)))
      .discardingFiredPanes();
    const stream = testStream<Event>()
      .addElements(at(1, 1), at(2, 2))
      .addElements(at(3, 3), at(4, 4))
      .advanceWatermarkToInfinity();
    expect((await panesOf(everyTwo, stream)).map(([, events]) => events)).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  test('without a trigger a window fires once, at its end, and late events are dropped', async () => {
    expect(await panesOf(windowing<Event>(fixedWindows(60)), SCRIPT)).toEqual([['ON_TIME', [1, 2, 3]]]);
  });
});
