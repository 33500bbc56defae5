import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { PCollection } from '../../../beam/index.js';
import { testStream, type Fired, type TestStream } from '../../../beam/testing/index.js';
import { apply, type Block } from '../../../transforms/block.js';
import { deduplicateBlocks } from '../../../transforms/deduplicate.js';
import type { IdentifiedReading } from '../../../transforms/reading.js';
import { ONE_MINUTE, windowBlocks } from '../../../transforms/window.js';
import { describeOn } from '../support/program.js';
import { PRISM, startPrism, type Prism } from '../support/prism.js';
import { identifiedAt, NOON } from './a-block.js';
import { firePanes } from './fire-panes.js';

let prism: Prism;
beforeAll(async () => {
  if ('path' in PRISM) prism = await startPrism();
});
afterAll(async () => await prism?.stop());

type Blocks = PCollection<Block<IdentifiedReading>>;

function unique(input: Blocks) {
  return apply(apply(input, 'Window', windowBlocks(ONE_MINUTE)), 'Deduplicate', deduplicateBlocks<IdentifiedReading>());
}

/** Each pane by its window's minute after noon, its timing, and the readings that it brings. */
async function panesOf(stream: TestStream<Block<IdentifiedReading>>) {
  const fired = await firePanes(prism, stream, (input) => unique(input).rows);
  return fired.map(({ window, timing, value }: Fired<Block<IdentifiedReading>>) => ({
    minute: ((window?.[0] ?? NaN) - NOON) / ONE_MINUTE,
    timing,
    readings: value.map((reading) => `${reading.reading_id} ${reading.offset}`).sort(),
  }));
}

const readings = () => testStream<Block<IdentifiedReading>>();

describeOn(PRISM, 'window and deduplicate in event time', () => {
  test('a pane fires early, after its delay of processing time, while the window is open', async () => {
    const panes = await panesOf(
      readings()
        .advanceWatermarkTo(NOON)
        .addElements(identifiedAt('a', 5), identifiedAt('b', 50))
        .advanceProcessingTime(11_000)
        .addElements(identifiedAt('c', 20))
        .advanceWatermarkToInfinity(),
    );
    expect(panes).toEqual([
      { minute: 0, timing: 'EARLY', readings: ['a 0', 'b 0'] },
      { minute: 0, timing: 'ON_TIME', readings: ['c 0'] },
    ]);
  });

  test('without processing time nothing fires before the watermark passes the end of the window', async () => {
    const panes = await panesOf(
      readings()
        .addElements(identifiedAt('a', 5))
        .advanceWatermarkTo(NOON + 59_000)
        .addElements(identifiedAt('b', 6), identifiedAt('next', 61))
        .advanceWatermarkTo(NOON + 60_000)
        .advanceWatermarkToInfinity(),
    );
    expect(panes).toEqual([
      { minute: 0, timing: 'ON_TIME', readings: ['a 0', 'b 0'] },
      { minute: 1, timing: 'ON_TIME', readings: ['next 0'] },
    ]);
  });

  test('a reading within the allowed lateness brings a late pane of its own', async () => {
    const panes = await panesOf(
      readings()
        .addElements(identifiedAt('a', 5))
        .advanceWatermarkTo(NOON + 61_000)
        .addElements(identifiedAt('late', 6))
        .advanceWatermarkToInfinity(),
    );
    expect(panes).toEqual([
      { minute: 0, timing: 'ON_TIME', readings: ['a 0'] },
      { minute: 0, timing: 'LATE', readings: ['late 0'] },
    ]);
  });

  test('a reading beyond the allowed lateness is dropped by the runner: only bronze has it', async () => {
    const panes = await panesOf(
      readings()
        .addElements(identifiedAt('a', 5))
        .advanceWatermarkTo(NOON + 60_000 + 600_000 + 1)
        .addElements(identifiedAt('too late', 6), identifiedAt('in time', 61))
        .advanceWatermarkToInfinity(),
    );
    expect(panes).toEqual([
      { minute: 0, timing: 'ON_TIME', readings: ['a 0'] },
      { minute: 1, timing: 'LATE', readings: ['in time 0'] },
    ]);
  });

  test('repeats within a pane are suppressed, and the copy with the least offset stays', async () => {
    const stream = readings()
      .addElements(identifiedAt('a', 5, { offset: 2 }), identifiedAt('a', 5, { offset: 1 }))
      .advanceWatermarkToInfinity();
    expect(await panesOf(stream)).toEqual([{ minute: 0, timing: 'ON_TIME', readings: ['a 1'] }]);
    const suppressed = await firePanes(prism, stream, (input) => unique(input).suppressed);
    expect(suppressed.map(({ value }) => value.length)).toEqual([1]);
  });

  test('a repeat in a later pane comes out again: the commit settles what the graph cannot remember', async () => {
    const panes = await panesOf(
      readings()
        .addElements(identifiedAt('a', 5, { offset: 1 }))
        .advanceProcessingTime(11_000)
        .addElements(identifiedAt('a', 5, { offset: 2 }))
        .advanceWatermarkTo(NOON + 61_000)
        .addElements(identifiedAt('a', 5, { offset: 3 }))
        .advanceWatermarkToInfinity(),
    );
    expect(panes).toEqual([
      { minute: 0, timing: 'EARLY', readings: ['a 1'] },
      { minute: 0, timing: 'ON_TIME', readings: ['a 2'] },
      { minute: 0, timing: 'LATE', readings: ['a 3'] },
    ]);
  });

  test('a correction that comes late brings its version in a late pane', async () => {
    const corrected = { content_hash: 'corrected', status: 'corrected', heart_rate: 80, offset: 1 } as const;
    const fired = await firePanes(
      prism,
      readings()
        .addElements(identifiedAt('a', 5))
        .advanceWatermarkTo(NOON + 61_000)
        .addElements(identifiedAt('a', 5, corrected))
        .advanceWatermarkToInfinity(),
      (input) => unique(input).rows,
    );
    const versions = fired.map(({ timing, value }) => [timing, value[0]?.content_hash, value[0]?.heart_rate]);
    expect(versions).toEqual([
      ['ON_TIME', 'of a', 78],
      ['LATE', 'corrected', 80],
    ]);
  });
});
