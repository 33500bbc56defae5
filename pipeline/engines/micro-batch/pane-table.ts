export type Pane = 'early' | 'on_time' | 'late';

export interface Firing<A> {
  readonly accumulator: A;
  readonly window: number;
  readonly pane: Pane;
}

interface Cell<A> {
  accumulator: A;
  dirty: boolean;
}

interface WindowCells<A> {
  readonly cells: Map<string, Cell<A>>;
  dirty: number;
  closed: boolean;
}

/**
 * Open panes of one gold table: an accumulator for each window and key, fired again whenever it has changed
 * (accumulating mode: each pane replaces the last one).
 *
 * Holds the most recent windows only. A clean window may be dropped, the oldest first, because all it holds has been
 * fired into gold and can be had from there or from silver; {@link mayBeCommitted} tells whether a key that is not
 * resident could be in the lake.
 */
export class PaneTable<A> {
  readonly #windows = new Map<number, WindowCells<A>>();
  #size = 0;
  #dirty = 0;
  #committedThrough: number;
  #watermark: number;

  /**
   * @param windowMillis length of a window
   * @param maxResident cells kept at most once they are clean
   * @param committedThrough start of the latest window that the lake may hold something of, -Infinity for an empty lake
   * @param watermark watermark of the last committed batch: windows that had ended by then have had their on-time pane
   */
  constructor(
    private readonly windowMillis: number,
    private readonly maxResident: number,
    committedThrough: number,
    watermark: number,
  ) {
    this.#committedThrough = committedThrough;
    this.#watermark = watermark;
  }

  get size(): number {
    return this.#size;
  }

  get dirty(): number {
    return this.#dirty;
  }

  find(window: number, key: string): A | undefined {
    return this.#windows.get(window)?.cells.get(key)?.accumulator;
  }

  /** Whether the lake could hold a pane or readings of a key that is not resident. */
  mayBeCommitted(window: number): boolean {
    return window <= this.#committedThrough;
  }

  /** Sets an accumulator that differs from what gold has: it will be fired. */
  put(window: number, key: string, accumulator: A): void {
    const cells = this.#window(window);
    const cell = cells.cells.get(key);
    if (!cell) {
      cells.cells.set(key, { accumulator, dirty: true });
      this.#size += 1;
    } else {
      cell.accumulator = accumulator;
      if (cell.dirty) return;
      cell.dirty = true;
    }
    cells.dirty += 1;
    this.#dirty += 1;
  }

  /** Everything that has changed since it was last fired, oldest window first; it is clean afterwards. */
  *fire(watermark: number): Generator<Firing<A>> {
    this.#watermark = Math.max(this.#watermark, watermark);
    for (const window of [...this.#windows.keys()].sort((a, b) => a - b)) {
      const cells = this.#windows.get(window);
      if (!cells || cells.dirty === 0) continue;
      const ended = window + this.windowMillis <= watermark;
      const pane: Pane = !ended ? 'early' : cells.closed ? 'late' : 'on_time';
      for (const cell of cells.cells.values()) {
        if (!cell.dirty) continue;
        cell.dirty = false;
        yield { accumulator: cell.accumulator, window, pane };
      }
      this.#dirty -= cells.dirty;
      cells.dirty = 0;
      if (ended) cells.closed = true;
    }
    this.#evict();
  }

  #window(window: number): WindowCells<A> {
    let cells = this.#windows.get(window);
    if (!cells) {
      cells = { cells: new Map(), dirty: 0, closed: window + this.windowMillis <= this.#watermark };
      this.#windows.set(window, cells);
    }
    return cells;
  }

  #evict(): void {
    if (this.#size <= this.maxResident) return;
    for (const window of [...this.#windows.keys()].sort((a, b) => a - b)) {
      if (this.#size <= this.maxResident) return;
      const cells = this.#windows.get(window);
      if (!cells || cells.dirty > 0) continue;
      this.#windows.delete(window);
      this.#size -= cells.cells.size;
      if (window > this.#committedThrough) this.#committedThrough = window;
    }
  }
}
