import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { PCollection } from '../../../beam/index.js';
import { testStream } from '../../../beam/testing/index.js';
import { apply, type Block } from '../../../transforms/block.js';
import { current, currentBlocks } from '../../../transforms/current.js';
import { deduplicateBlocks } from '../../../transforms/deduplicate.js';
import type { ScoredReading } from '../../../transforms/reading.js';
import { mergePatientMinutes, summarize, summarizeBlocks } from '../../../transforms/summarize.js';
import { mergeVitalHours, trend, trendBlocks, type VitalHour } from '../../../transforms/trend.js';
import { ONE_MINUTE, windowBlocks } from '../../../transforms/window.js';
import { describeOn } from '../support/program.js';
import { PRISM, startPrism, type Prism } from '../support/prism.js';
import { NOON, scoredAt } from './a-block.js';
import { firePanes } from './fire-panes.js';

let prism: Prism;
beforeAll(async () => {
  if ('path' in PRISM) prism = await startPrism();
});
afterAll(async () => await prism?.stop());

type Blocks = PCollection<Block<ScoredReading>>;

function currentOfPane(input: Blocks): Blocks {
  const windowed = apply(input, 'Window', windowBlocks<ScoredReading>(ONE_MINUTE));
  const unique = apply(windowed, 'Deduplicate', deduplicateBlocks<ScoredReading>());
  return apply(unique.rows, 'Current', currentBlocks<ScoredReading>());
}

const summarized = (input: Blocks) => apply(currentOfPane(input), 'Summarize', summarizeBlocks());
const readings = () => testStream<Block<ScoredReading>>();

describeOn(PRISM, 'summarize and trend in event time', () => {
  test('a minute is summarized early, on time and late, each pane with its own readings', async () => {
    const [early, onTime, late] = [
      scoredAt('a', 5, { heart_rate: 70 }),
      scoredAt('b', 6, { heart_rate: 80 }),
      scoredAt('c', 7, { heart_rate: 90 }),
    ];
    const fired = await firePanes(
      prism,
      readings()
        .addElements(early)
        .advanceProcessingTime(11_000)
        .addElements(onTime)
        .advanceWatermarkTo(NOON + 61_000)
        .addElements(late)
        .advanceWatermarkToInfinity(),
      summarized,
    );
    expect(fired.map(({ timing, value }) => [timing, value[0]?.n])).toEqual([
      ['EARLY', 1],
      ['ON_TIME', 1],
      ['LATE', 1],
    ]);
    // Discarding panes add up: merged they are the summary of all readings, in whatever panes these came.
    const merged = fired.flatMap(({ value }) => value).reduce(mergePatientMinutes);
    const all = [early, onTime, late].flatMap(({ value }) => value);
    expect([merged]).toEqual(summarize(all));
  });

  test('a late correction is summarized beside what it corrects: only current rows of all panes give the truth', async () => {
    const first = scoredAt('a', 5, { heart_rate: 70 });
    const correction = { content_hash: 'corrected', status: 'corrected', heart_rate: 75, offset: 1 } as const;
    const corrected = scoredAt('a', 5, correction);
    const stream = readings()
      .addElements(first)
      .advanceWatermarkTo(NOON + 61_000)
      .addElements(corrected)
      .advanceWatermarkToInfinity();
    const fired = await firePanes(prism, stream, currentOfPane);
    const rows = fired.flatMap(({ value }) => value);
    expect(rows.map(({ status }) => status)).toEqual(['final', 'corrected']);
    const truth = summarize(current(rows));
    expect(truth).toEqual(summarize(corrected.value));
    const merged = (await firePanes(prism, stream, summarized))
      .flatMap(({ value }) => value)
      .reduce(mergePatientMinutes);
    expect([merged.n, truth[0]?.n]).toEqual([2, 1]);
  });

  test('an hour adds up over the panes of its minutes, late ones too, until its own lateness has passed', async () => {
    const [first, next, late] = [scoredAt('a', 5), scoredAt('b', 3_000), scoredAt('c', 10)];
    const fired = await firePanes(
      prism,
      readings()
        .addElements(first)
        .advanceWatermarkTo(NOON + 61_000)
        .addElements(late)
        .advanceWatermarkTo(NOON + 120_000)
        .addElements(next)
        .advanceWatermarkToInfinity(),
      (input) => apply(currentOfPane(input), 'Trend', trendBlocks()),
    );
    const merged = new Map<string, VitalHour>();
    for (const hour of fired.flatMap(({ value }) => value)) {
      const known = merged.get(hour.vital);
      merged.set(hour.vital, known ? mergeVitalHours(known, hour) : hour);
    }
    const all = trend([first, late, next].flatMap(({ value }) => value));
    expect([...merged.values()]).toEqual(expect.arrayContaining(all));
    expect(merged.get('heart_rate')?.n).toBe(3);
    expect(new Set(fired.map(({ window }) => window?.[0]))).toEqual(new Set([NOON]));
  });
});
