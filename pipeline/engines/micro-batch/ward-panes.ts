import { writeDataFiles } from '../../../lake/data-file.js';
import type { DataFile } from '../../../lake/manifest.js';
import type { Storage } from '../../../lake/storage/storage.js';
import type { CommittedState } from './committed-state.js';
import { GOLD_WARD_ALERTS_HOURLY, type WardAlertsHourlyRow } from '../../../schema/tables/gold-ward-alerts-hourly.js';
import { mergeWardAlertHours, wardAlertsHourlyRow, type WardAlertHour } from '../../../transforms/ward-alerts.js';
import { ONE_HOUR } from '../../../transforms/window.js';
import { orderKeys } from './order-key.js';
import { Panes, type PaneLimits } from './panes.js';

/** The engine's own number among those that make order keys: after every share's. */
const ENGINE_SHARE = 999;

/** Panes of gold.ward_alerts_hourly. The engine keeps them, because the patients of a ward are spread over shares. */
export class WardPanes {
  readonly #panes: Panes<WardAlertHour, WardAlertsHourlyRow>;

  constructor(
    private readonly committed: CommittedState,
    limits: PaneLimits,
  ) {
    this.#panes = new Panes(
      {
        windowMillis: ONE_HOUR,
        windowOf: (count) => count.window_start,
        keyOf: (count) => `${count.rule}/${count.severity}/${count.ward}`,
        merge: mergeWardAlertHours,
        row: wardAlertsHourlyRow,
        committed: (wanted) => this.committed.wardAlertPanes(wanted),
      },
      limits,
    );
  }

  get dirty(): number {
    return this.#panes.dirty;
  }

  /** After a restart: recounts what alerts were committed since the table was last fired. */
  async recover(firedBatch: number): Promise<void> {
    this.#panes.replace(await this.committed.wardAlertsChangedSince(firedBatch));
  }

  async add(counts: readonly WardAlertHour[]): Promise<void> {
    await this.#panes.add(counts);
  }

  async fire(storage: Storage, sequence: number, watermark: number): Promise<DataFile[]> {
    const rows = this.#panes.fire(watermark, sequence, orderKeys(sequence, ENGINE_SHARE));
    return writeDataFiles(storage, GOLD_WARD_ALERTS_HOURLY, sequence, rows);
  }
}
