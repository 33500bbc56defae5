import { beam, register, step, type PCollection } from '../beam/index.js';
import { instant } from '../beam/instant.js';
import { parDo, type Block, type Transform } from './block.js';

/** Fixed windows of event time that the project aggregates by, in milliseconds. */
export const ONE_MINUTE = 60_000;
export const ONE_HOUR = 3_600_000;

/** A block whose rows are of one window, ready to be grouped. */
export interface WindowedBlock<T> {
  /** Groups meet by window and bucket: one bucket in process, several where a shuffle spreads patients over workers. */
  readonly bucket: string;
  readonly window_start: number;
  readonly rows: Block<T>;
}

/** The start of the window that a time falls into. */
export function windowStart(time: number, windowMillis: number): number {
  return Math.floor(time / windowMillis) * windowMillis;
}

/** Splits a block into one block a window, rows in their order. */
export function splitByWindow<T extends { readonly event_time: number }>(
  block: Block<T>,
  windowMillis: number,
): WindowedBlock<T>[] {
  const rows = new Map<number, T[]>();
  let last: T[] = [];
  let lastStart = NaN;
  for (const row of block) {
    const start = windowStart(row.event_time, windowMillis);
    if (start !== lastStart) {
      lastStart = start;
      last = rows.get(start) ?? [];
      rows.set(start, last);
    }
    last.push(row);
  }
  return [...rows].map(([window_start, rowsOfWindow]) => ({ bucket: BUCKET, window_start, rows: rowsOfWindow }));
}

/** Splits accumulators, which know their window's start, into one block a window. */
export function blocksByWindow<T extends { readonly window_start: number }>(rows: Block<T>): WindowedBlock<T>[] {
  const windows = new Map<number, T[]>();
  for (const row of rows) {
    const known = windows.get(row.window_start);
    if (known) known.push(row);
    else windows.set(row.window_start, [row]);
  }
  return [...windows].map(([window_start, rowsOfWindow]) => ({ bucket: BUCKET, window_start, rows: rowsOfWindow }));
}

/** Within one process every patient meets in the same bucket. */
const BUCKET = '0';

/** Splits blocks by window. */
export class SplitByWindow<T extends { readonly event_time: number }> {
  constructor(readonly window_millis: number) {}

  *process(block: Block<T>): Generator<WindowedBlock<T>> {
    yield* splitByWindow(block, this.window_millis);
  }
}

/** The element's timestamp: the start of its window, which is in the window for any window size that it divides. */
export function windowTimestamp(block: { readonly window_start: number }): unknown {
  return instant(block.window_start);
}

/**
 * Puts blocks into fixed windows of event time. Stands before everything that groups, and after cleanse, so that no
 * reading without a trustworthy event time reaches a pane.
 *
 * Delivery: pure; every row comes out in exactly one block.
 */
export function windowBlocks<T extends { readonly event_time: number }>(
  windowMillis: number,
): Transform<Block<T>, PCollection<WindowedBlock<T>>> {
  return (input) => {
    const split = input.apply(step('Split', parDo(new SplitByWindow<T>(windowMillis))) as never) as PCollection<
      WindowedBlock<T>
    >;
    return intoWindows(split, windowMillis);
  };
}

/** Assigns windows to elements that know their window's start. */
export function intoWindows<E extends { readonly window_start: number }>(
  input: PCollection<E>,
  windowMillis: number,
): PCollection<E> {
  const stamped = input.apply(
    step('Timestamp', beam.assignTimestamps(windowTimestamp as never)) as never,
  ) as PCollection<E>;
  return stamped.apply(
    step('Into', beam.windowInto(beam.fixedWindows(windowMillis / 1000))) as never,
  ) as PCollection<E>;
}

/** Brings all elements of a window and bucket together. */
export function groupByBucket<E extends { readonly bucket: string }>(
  input: PCollection<E>,
): PCollection<{ readonly key: string; readonly value: Iterable<E> }> {
  return input.apply(step('Group', beam.groupBy('bucket' as never)) as never) as never;
}

register('transforms/window', { SplitByWindow, windowTimestamp });
