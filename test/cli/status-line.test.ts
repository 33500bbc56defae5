import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { openStatusLine } from '../../cli/status-line.js';
import type { RunStatus } from '../../pipeline/engines/micro-batch/status.js';

const status = (received: number): RunStatus =>
  ({
    run: { received, silver: 0, dead_letter: 0, suppressed: 0, alerts: 0 },
    lagMillis: null,
    readingsPerSecond: 0,
  }) as unknown as RunStatus;

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

function lines() {
  const written: string[] = [];
  const stream = { isTTY: false, write: (text: string) => written.push(/received (\d+)/.exec(text)?.[1] ?? text) };
  return { written, line: openStatusLine(stream as never, Date.now) };
}

test('away from a terminal the state is told at once, then every five seconds, the last one before a silence too', () => {
  const { written, line } = lines();
  line.show(status(1));
  line.show(status(2));
  line.show(status(3));
  expect(written).toEqual(['1']);
  jest.advanceTimersByTime(4_999);
  expect(written).toEqual(['1']);
  jest.advanceTimersByTime(1);
  expect(written).toEqual(['1', '3']);
  jest.advanceTimersByTime(60_000);
  expect(written).toEqual(['1', '3']);
  line.show(status(4));
  expect(written).toEqual(['1', '3', '4']);
});

test('the end tells the last state once', () => {
  const { written, line } = lines();
  line.show(status(1));
  line.show(status(2));
  line.end();
  jest.advanceTimersByTime(60_000);
  expect(written).toEqual(['1', '2']);
});
