import type { BatchCounts, DataFile } from '../../../lake/manifest.js';
import type { ModelFolder } from '../../../model/model-folder.js';
import type { WardAlertHour } from '../../../transforms/ward-alerts.js';
import type { GraphOptions } from '../../graph.js';

/** Everything a share needs to start; plain data, because it crosses to a worker thread. */
export interface ShareOptions {
  readonly index: number;
  readonly of: number;
  readonly lake: string;
  readonly graph: GraphOptions;
  readonly resources: ShareResources;
  /** Sequence and watermark of the last committed batch; 0 and -Infinity for an empty lake. */
  readonly head: number;
  readonly watermark: number;
  readonly fired: Readonly<Record<string, number>>;
  /** Latest event time in silver, -Infinity when it is empty. */
  readonly committedThrough: number;
  readonly indexKeys: number;
  readonly residentPanes: number;
}

/** Resources by content; a share parses them itself. */
export interface ShareResources {
  readonly pseudonymKey: Uint8Array;
  /** The patients file's lines, null when there is none. */
  readonly patients: Uint8Array | null;
  /** The files of a model folder, null when nothing scores. */
  readonly model: ModelFolder | null;
  /** The files of the model that scores in its shadow, if any. */
  readonly challenger?: ModelFolder | null;
}

/** What the stages of the graph are set to, and what they name. */
export type GraphSetting = Pick<ShareOptions, 'graph' | 'resources'>;

/** Pane tables that shares fire; ward panes belong to the engine, because wards span shares. */
export type SharePaneTable = 'gold.patient_summary' | 'gold.vitals_hourly';

/** How to settle the batch whose graph has run. */
export interface SettleInstruction {
  readonly sequence: number;
  readonly watermark: number;
  readonly commitTime: number;
  readonly fire: Readonly<Record<SharePaneTable, boolean>>;
}

/** What a share adds to a batch's manifest. */
export interface ShareOutcome {
  readonly files: readonly DataFile[];
  readonly counts: Omit<BatchCounts, 'messages'>;
  /** Alerts raised less alerts withdrawn, by ward, rule, severity and hour. */
  readonly wardAlerts: readonly WardAlertHour[];
  /** Latest event time of the batch, -Infinity when it has none. */
  readonly latestEventTime: number;
  /** Panes that have changed since they were last fired. */
  readonly dirty: Readonly<Record<SharePaneTable, number>>;
}
