import { appendFileSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beam, register, step, type PCollection } from '../index.js';

/** When a pane fired, by the watermark of its window. */
export type PaneTiming = 'EARLY' | 'ON_TIME' | 'LATE' | 'UNKNOWN';

/** An element as it reached a sink, with the pane that brought it. */
export interface Fired<T> {
  readonly value: T;
  /** Start and end of its window, epoch milliseconds; null in the global window. */
  readonly window: readonly [number, number] | null;
  readonly timing: PaneTiming;
  /** Number of the pane in its window, from 0. */
  readonly pane: number;
  /** The process that wrote it. */
  readonly pid: number;
}

interface Lookups {
  readonly window: { lookup(): { readonly start?: unknown; readonly end?: unknown } };
  readonly pane: { lookup(): { readonly timing: PaneTiming; readonly index: number } };
}

/** Appends every element, with its window and pane, to a file of its own process. */
export class AppendFired {
  constructor(readonly folder: string) {}

  *process(value: unknown, context: Lookups): Generator<never> {
    const { start, end } = context.window.lookup();
    const { timing, index } = context.pane.lookup();
    const window = start === undefined ? null : [Number(start), Number(end)];
    const line = JSON.stringify({ value, window, timing, pane: index, pid: process.pid });
    appendFileSync(join(this.folder, `${process.pid}.ndjson`), line + '\n');
  }
}

/**
 * Sends a collection into a folder, one line of JSON an element; read it with {@link readFired} when the job has ended.
 *
 * Delivery: as often as the runner runs a bundle; a bundle that is run again writes again.
 */
export function appendFired<T>(name: string, folder: string, rows: PCollection<T>): void {
  const context = { window: beam.windowParam(), pane: beam.paneInfoParam() };
  rows.apply(step(name, beam.parDo(new AppendFired(folder) as never, context as never)) as never);
}

/** Everything that has reached a folder, in the order in which each process wrote it. */
export function readFired<T>(folder: string): Fired<T>[] {
  return readdirSync(folder).flatMap((name) =>
    readFileSync(join(folder, name), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Fired<T>),
  );
}

register('beam/testing/fired', { AppendFired });
