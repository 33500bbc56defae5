/** The pane tables of gold, and how often they fire before their windows close. */
export const PANE_TABLES = ['gold.patient_summary', 'gold.vitals_hourly', 'gold.ward_alerts_hourly'] as const;
export type PaneTableName = (typeof PANE_TABLES)[number];

/** Milliseconds between firings: minutes must be seen soon, hours change slowly and have many rows. */
const PERIOD_MILLIS: Record<PaneTableName, number> = {
  'gold.patient_summary': 10_000,
  'gold.vitals_hourly': 60_000,
  'gold.ward_alerts_hourly': 10_000,
};

/** Changed panes of one table that are kept in memory at most: beyond it the table fires at once. */
const MAX_DIRTY: Record<PaneTableName, number> = {
  'gold.patient_summary': 60_000,
  'gold.vitals_hourly': 600_000,
  'gold.ward_alerts_hourly': 60_000,
};

/** Decides which tables fire with a batch: periodically, when too much is pending, and at the end. */
export class FiringSchedule {
  readonly #last = new Map<PaneTableName, number>();

  /** @param start clock at the start of the run */
  constructor(start: number) {
    for (const table of PANE_TABLES) this.#last.set(table, start);
  }

  /**
   * @param pending changed panes by table, as of the last batch
   * @param now milliseconds of the engine's clock
   * @param everything fire whatever is pending: the source has ended
   */
  due(
    pending: Readonly<Record<PaneTableName, number>>,
    now: number,
    everything: boolean,
  ): Record<PaneTableName, boolean> {
    const due = (table: PaneTableName): boolean => {
      const elapsed = now - (this.#last.get(table) ?? now);
      const fires = everything || elapsed >= PERIOD_MILLIS[table] || pending[table] >= MAX_DIRTY[table];
      if (fires) this.#last.set(table, now);
      return fires;
    };
    return {
      'gold.patient_summary': due('gold.patient_summary'),
      'gold.vitals_hourly': due('gold.vitals_hourly'),
      'gold.ward_alerts_hourly': due('gold.ward_alerts_hourly'),
    };
  }
}
