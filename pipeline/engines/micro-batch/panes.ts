import { PaneTable, type Pane } from './pane-table.js';

/** What distinguishes one gold table's panes from another's. */
export interface PaneLogic<A, Row> {
  readonly windowMillis: number;
  windowOf(accumulator: A): number;
  keyOf(accumulator: A): string;
  merge(a: A, b: A): A;
  row(accumulator: A, pane: Pane, orderKey: string, batch: number): Row;
  /**
   * What the lake holds for keys that are not resident, as accumulators; keys that it does not know are left out. May answer
   * with more than was asked for.
   */
  committed(wanted: readonly A[]): Promise<readonly A[]>;
}

export interface PaneLimits {
  /** Clean panes that stay resident. */
  readonly resident: number;
  /** Start of the latest window that the lake may hold something of. */
  readonly committedThrough: number;
  readonly watermark: number;
}

/**
 * The panes of one gold table: partial aggregates are merged in, and what has changed is fired as rows. Accumulators
 * that are not resident any more are fetched from the lake first, so a late reading just merges into a new pane.
 */
export class Panes<A, Row> {
  readonly #table: PaneTable<A>;

  constructor(
    private readonly logic: PaneLogic<A, Row>,
    limits: PaneLimits,
  ) {
    this.#table = new PaneTable(logic.windowMillis, limits.resident, limits.committedThrough, limits.watermark);
  }

  get dirty(): number {
    return this.#table.dirty;
  }

  /** Merges partial aggregates of new rows. */
  async add(partials: readonly A[]): Promise<void> {
    const strangers: A[] = [];
    for (const partial of partials) {
      const window = this.logic.windowOf(partial);
      const key = this.logic.keyOf(partial);
      const resident = this.#table.find(window, key);
      if (resident !== undefined) this.#table.put(window, key, this.logic.merge(resident, partial));
      else if (this.#table.mayBeCommitted(window)) strangers.push(partial);
      else this.#table.put(window, key, partial);
    }
    if (strangers.length === 0) return;
    await this.#fetch(strangers);
    for (const partial of strangers) {
      const window = this.logic.windowOf(partial);
      const key = this.logic.keyOf(partial);
      const fetched = this.#table.find(window, key);
      this.#table.put(window, key, fetched === undefined ? partial : this.logic.merge(fetched, partial));
    }
  }

  /** Makes keys resident as the lake has them. Others that it answers with may be behind what is resident: they stay out. */
  async #fetch(strangers: readonly A[]): Promise<void> {
    const idOf = (accumulator: A) => `${this.logic.windowOf(accumulator)}/${this.logic.keyOf(accumulator)}`;
    const wanted = new Set(strangers.map(idOf));
    const committed = await this.logic.committed(strangers);
    this.replace(committed.filter((accumulator) => wanted.has(idOf(accumulator))));
  }

  /** Sets accumulators that were computed anew from current silver. */
  replace(accumulators: readonly A[]): void {
    for (const accumulator of accumulators) {
      this.#table.put(this.logic.windowOf(accumulator), this.logic.keyOf(accumulator), accumulator);
    }
  }

  /** The resident accumulator of a key, if there is one. */
  find(window: number, key: string): A | undefined {
    return this.#table.find(window, key);
  }

  /** Fires everything that has changed; rows carry rising order keys. */
  fire(watermark: number, batch: number, orderKey: () => string): Row[] {
    const rows: Row[] = [];
    for (const { accumulator, pane } of this.#table.fire(watermark)) {
      rows.push(this.logic.row(accumulator, pane, orderKey(), batch));
    }
    return rows;
  }
}
