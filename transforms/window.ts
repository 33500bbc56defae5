import { beam, register, step, type PCollection } from '../beam/index.js';
import { instant } from '../beam/instant.js';
import { parDo, type Block, type Transform } from './block.js';
import { dealToBuckets } from './bucket.js';
import { packRows, unpackRows, type PackedRows } from './packed-rows.js';

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

/** Splits a block into one block a window, rows in their order. All of them get the same bucket. */
export function splitByWindow<T extends { readonly event_time: number }>(
  block: Block<T>,
  windowMillis: number,
  bucket = BUCKET,
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
  return [...rows].map(([window_start, rowsOfWindow]) => ({ bucket, window_start, rows: rowsOfWindow }));
}

/** Splits accumulators, which know their window's start, into one block a window. All of them get the same bucket. */
export function blocksByWindow<T extends { readonly window_start: number }>(
  rows: Block<T>,
  bucket = BUCKET,
): WindowedBlock<T>[] {
  const windows = new Map<number, T[]>();
  for (const row of rows) {
    const known = windows.get(row.window_start);
    if (known) known.push(row);
    else windows.set(row.window_start, [row]);
  }
  return [...windows].map(([window_start, rowsOfWindow]) => ({ bucket, window_start, rows: rowsOfWindow }));
}

/** Within one process every patient meets in the same bucket. */
const BUCKET = '0';

/** Splits blocks by window, and by bucket of the patient where there are several. */
export class SplitByWindow<T extends { readonly event_time: number; readonly patient_id: string }> {
  constructor(
    readonly window_millis: number,
    readonly buckets: number,
  ) {}

  *process(block: Block<T>): Generator<WindowedBlock<T>> {
    for (const [bucket, rows] of dealToBuckets(block, this.buckets).entries()) {
      yield* splitByWindow(rows, this.window_millis, String(bucket));
    }
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
 *
 * @param buckets groups of patients that a shuffle may spread over workers; 1 where all meet in one process
 */
export function windowBlocks<T extends { readonly event_time: number; readonly patient_id: string }>(
  windowMillis: number,
  buckets = 1,
): Transform<Block<T>, PCollection<WindowedBlock<T>>> {
  return (input) => {
    const split = input.apply(
      step('Split', parDo(new SplitByWindow<T>(windowMillis, buckets))) as never,
    ) as PCollection<WindowedBlock<T>>;
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

/** A window's elements of one bucket. */
export interface Group<E> {
  readonly key: string;
  readonly value: Iterable<E>;
}

/** Brings all elements of a window and bucket together. */
export function groupByBucket<E extends { readonly bucket: string }>(input: PCollection<E>): PCollection<Group<E>> {
  return input.apply(step('Group', beam.groupBy('bucket' as never)) as never) as never;
}

/**
 * {@link groupByBucket} for blocks of readings. With several buckets rows will cross a real shuffle, and are packed for it;
 * with one they stay in this process, and nothing is encoded.
 */
export function groupBlocks<T extends object>(
  input: PCollection<WindowedBlock<T>>,
  buckets: number,
): PCollection<Group<WindowedBlock<T>>> {
  if (buckets === 1) return groupByBucket(input);
  const packed = input.apply(step('Pack', parDo(new PackBlock<T>())) as never) as PCollection<PackedBlock>;
  return groupByBucket(packed).apply(step('Unpack', parDo(new UnpackGroup<T>())) as never) as never;
}

/** A {@link WindowedBlock} as it crosses a shuffle. */
interface PackedBlock {
  readonly bucket: string;
  readonly window_start: number;
  readonly packed: PackedRows;
}

/** Packs the rows of a block. */
export class PackBlock<T extends object> {
  *process({ bucket, window_start, rows }: WindowedBlock<T>): Generator<PackedBlock> {
    yield { bucket, window_start, packed: packRows(rows) };
  }
}

/** Unpacks the blocks of a group, one at a time as they are asked for. */
export class UnpackGroup<T extends object> {
  *process({ key, value }: Group<PackedBlock>): Generator<Group<WindowedBlock<T>>> {
    yield { key, value: unpacked<T>(value) };
  }
}

function* unpacked<T>(blocks: Iterable<PackedBlock>): Generator<WindowedBlock<T>> {
  for (const { bucket, window_start, packed } of blocks) yield { bucket, window_start, rows: unpackRows<T>(packed) };
}

register('transforms/window', { SplitByWindow, windowTimestamp, PackBlock, UnpackGroup });
