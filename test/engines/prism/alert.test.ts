import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { PCollection } from '../../../beam/index.js';
import { testStream, type TestStream } from '../../../beam/testing/index.js';
import { alertBlocks, type Alert } from '../../../transforms/alert.js';
import { apply, type Block } from '../../../transforms/block.js';
import { currentBlocks } from '../../../transforms/current.js';
import { deduplicateBlocks } from '../../../transforms/deduplicate.js';
import type { ScoredReading } from '../../../transforms/reading.js';
import { wardAlertBlocks } from '../../../transforms/ward-alerts.js';
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

function alerts(input: Blocks): PCollection<Block<Alert>> {
  const windowed = apply(input, 'Window', windowBlocks<ScoredReading>(ONE_MINUTE));
  const unique = apply(windowed, 'Deduplicate', deduplicateBlocks<ScoredReading>());
  return apply(apply(unique.rows, 'Current', currentBlocks<ScoredReading>()), 'Alert', alertBlocks('test'));
}

/** A pressure of 200/130 is a crisis. */
const CRISIS = { systolic_bp: 200, diastolic_bp: 130 };

/** Each alert of a crisis, with the timing of the pane that brought it. */
async function crises(stream: TestStream<Block<ScoredReading>>) {
  const fired = await firePanes(prism, stream, alerts);
  return fired.flatMap(({ timing, value }) =>
    value.filter((alert) => /crisis/i.test(alert.explanation)).map((alert) => ({ timing, alert })),
  );
}

const readings = () => testStream<Block<ScoredReading>>();

describeOn(PRISM, 'alert in event time', () => {
  test('an alert leaves with the early pane: it does not wait for the watermark', async () => {
    const raised = await crises(
      readings()
        .advanceWatermarkTo(NOON)
        .addElements(scoredAt('a', 5, CRISIS))
        .advanceProcessingTime(11_000)
        .advanceWatermarkToInfinity(),
    );
    expect(raised.map(({ timing }) => timing)).toEqual(['EARLY']);
  });

  test('a reading that comes late raises its alert late; one that comes too late raises none', async () => {
    const raised = await crises(
      readings()
        .addElements(scoredAt('a', 5))
        .advanceWatermarkTo(NOON + 61_000)
        .addElements(scoredAt('late', 6, CRISIS))
        .advanceWatermarkTo(NOON + 60_000 + 600_000 + 1)
        .addElements(scoredAt('too late', 7, CRISIS))
        .advanceWatermarkToInfinity(),
    );
    expect(raised.map(({ timing, alert }) => [timing, alert.reading_id])).toEqual([['LATE', 'late']]);
  });

  test('a repeat in another pane raises the same alert: its id says so', async () => {
    const raised = await crises(
      readings()
        .addElements(scoredAt('a', 5, { ...CRISIS, offset: 1 }))
        .advanceProcessingTime(11_000)
        .addElements(scoredAt('a', 5, { ...CRISIS, offset: 2 }))
        .advanceWatermarkToInfinity(),
    );
    expect(raised.map(({ timing }) => timing)).toEqual(['EARLY', 'ON_TIME']);
    expect(new Set(raised.map(({ alert }) => alert.alert_id)).size).toBe(1);
  });

  test('a correction in the same pane takes the alert back before it is raised', async () => {
    const correction = { content_hash: 'corrected', status: 'corrected', offset: 1 } as const;
    const raised = await crises(
      readings()
        .addElements(scoredAt('a', 5, CRISIS), scoredAt('a', 5, correction))
        .advanceWatermarkToInfinity(),
    );
    expect(raised).toEqual([]);
  });

  test('the alerts of a ward add up over the panes of an hour', async () => {
    const fired = await firePanes(
      prism,
      readings()
        .addElements(scoredAt('a', 5, CRISIS))
        .advanceProcessingTime(11_000)
        .advanceProcessingTime(11_000)
        .addElements(scoredAt('b', 6, CRISIS))
        .advanceWatermarkTo(NOON + 61_000)
        .addElements(scoredAt('c', 7, CRISIS))
        .advanceWatermarkToInfinity(),
      (input) => apply(alerts(input), 'Count ward alerts', wardAlertBlocks()),
    );
    const ofRule = new Map<string, number>();
    for (const { rule, n } of fired.flatMap(({ value }) => value)) ofRule.set(rule, (ofRule.get(rule) ?? 0) + n);
    expect([...ofRule.values()]).toContain(3);
    expect(Math.max(...ofRule.values())).toBe(3);
  });
});
