import { writeDataFiles } from '../../../lake/data-file.js';
import type { DataFile } from '../../../lake/manifest.js';
import type { Row } from '../../../lake/parquet.js';
import { openStorage } from '../../../lake/storage/open.js';
import type { Storage } from '../../../lake/storage/storage.js';
import { CommittedState } from './committed-state.js';
import type { Table } from '../../../schema/column.js';
import { GOLD_ALERTS, type AlertRow } from '../../../schema/tables/gold-alerts.js';
import { GOLD_PATIENT_SUMMARY } from '../../../schema/tables/gold-patient-summary.js';
import { GOLD_VITALS_HOURLY } from '../../../schema/tables/gold-vitals-hourly.js';
import { SILVER_DEAD_LETTER } from '../../../schema/tables/silver-dead-letter.js';
import { SILVER_PATIENT_VITALS } from '../../../schema/tables/silver-patient-vitals.js';
import type { Message } from '../../../transforms/reading.js';
import { deadLetterRows } from './dead-letters.js';
import { DuplicateIndex } from './duplicate-index.js';
import { orderKeys } from './order-key.js';
import { fold } from './fold.js';
import { loadBuckets } from './load-buckets.js';
import { recoverPanes } from './recover-panes.js';
import type { GraphOutcome } from './graph-outcome.js';
import { payloadOfVersion } from './payload-of-version.js';
import { settle, type Settlement } from './settle.js';
import { settleAlerts, type SettledAlerts } from './settle-alerts.js';
import type { SettleInstruction, ShareOptions, ShareOutcome } from './share.js';
import type { HourlyPanes, SummaryPanes } from './share-panes.js';
import { provideShareResources } from './share-resources.js';

/** A batch whose graph has run and that waits to be settled. */
interface RunBatch {
  readonly messages: readonly Message[];
  readonly outcome: GraphOutcome;
}

/**
 * The share of the patients that one worker owns: takes what the graph made of their messages, settles duplicates and
 * versions against silver, keeps their open panes, and writes the files of a batch.
 *
 * It commits nothing: files count once the engine's manifest names them. When a manifest fails the process ends, and a
 * new one starts from what is committed, so what this object remembers is never ahead of the lake for long.
 */
export class PatientShare {
  readonly #waiting: RunBatch[] = [];

  private constructor(
    private readonly options: ShareOptions,
    private readonly storage: Storage,
    private readonly committed: CommittedState,
    private readonly index: DuplicateIndex,
    private readonly summaries: SummaryPanes,
    private readonly hours: HourlyPanes,
  ) {}

  static async open(options: ShareOptions): Promise<PatientShare> {
    provideShareResources(options);
    const storage = openStorage(options.lake);
    const committed = new CommittedState(storage);
    const { summaries, hours } = await recoverPanes(options, committed);
    return new PatientShare(options, storage, committed, new DuplicateIndex(options.indexKeys), summaries, hours);
  }

  /** Takes over what the graph made of the share's part of a batch, until the batch is settled. Batches come in sequence. */
  adopt(messages: readonly Message[], outcome: GraphOutcome): void {
    this.#waiting.push({ messages, outcome });
  }

  async settle(instruction: SettleInstruction): Promise<ShareOutcome> {
    const batch = this.#waiting.shift();
    if (!batch) throw new Error(`share ${this.options.index}: batch ${instruction.sequence} has not run`);
    const { outcome } = batch;
    await this.#loadIndex(outcome);
    const settled = await settle(outcome.scored, this.index, (ids) => this.committed.versionsOf(ids));
    await fold(outcome, settled, this.committed, this.summaries, this.hours);
    const alerts = settleAlerts(outcome, settled, this.options.graph.ruleVersion);
    return {
      files: await this.#write(instruction, batch, settled, alerts),
      counts: {
        received: settled.rows.length + itemRejects(outcome) + outcome.suppressed + settled.suppressed,
        silver: settled.rows.length,
        dead_letter: itemRejects(outcome),
        suppressed: outcome.suppressed + settled.suppressed,
        field_rejects: outcome.rejects.length - itemRejects(outcome),
        conflicts: settled.conflicts.length,
        alerts: alerts.raised.length,
      },
      wardAlerts: alerts.wardAlerts,
      latestEventTime: latestEventTime(settled),
      dirty: { 'gold.patient_summary': this.summaries.dirty, 'gold.vitals_hourly': this.hours.dirty },
    };
  }

  async close(): Promise<void> {
    await this.committed.close();
  }

  /** Makes every bucket of the batch resident before it is asked. */
  async #loadIndex(outcome: GraphOutcome): Promise<void> {
    const buckets = new Set<number>();
    for (const block of outcome.scored) for (const row of block) buckets.add(DuplicateIndex.bucketOf(row.event_time));
    const missing = [...buckets].filter((bucket) => !this.index.isResident(bucket)).sort((a, b) => a - b);
    await loadBuckets(this.index, this.committed, missing, this.options);
    this.index.retain(buckets);
  }

  async #write(
    instruction: SettleInstruction,
    batch: RunBatch,
    settled: Settlement,
    alerts: SettledAlerts,
  ): Promise<DataFile[]> {
    const { sequence, watermark, commitTime, fire } = instruction;
    const nextKey = orderKeys(sequence, this.options.index);
    const letters = await deadLetterRows(
      batch.outcome.rejects,
      settled.conflicts,
      batch.messages,
      this.options.graph.ruleVersion,
      async (row) =>
        payloadOfVersion(row, await this.committed.messagesOf(row.batch, row.source_message_id), this.options.graph),
    );
    const alertRows: AlertRow[] = [...alerts.raised, ...alerts.withdrawn].map((alert) => ({
      ...alert,
      order_key: nextKey(),
      commit_time: commitTime,
      batch: sequence,
    }));
    const summaries = fire['gold.patient_summary'] ? this.summaries.fire(watermark, sequence, nextKey) : [];
    const hours = fire['gold.vitals_hourly'] ? this.hours.fire(watermark, sequence, nextKey) : [];
    // At the same time: in a bucket each file costs a round trip.
    const tables: readonly (readonly [Table, readonly Row[]])[] = [
      [SILVER_PATIENT_VITALS, settled.rows as readonly object[] as readonly Row[]],
      [SILVER_DEAD_LETTER, letters],
      [GOLD_ALERTS, alertRows],
      [GOLD_PATIENT_SUMMARY, summaries],
      [GOLD_VITALS_HOURLY, hours],
    ];
    const written = await Promise.all(
      tables.map(([table, rows]) => writeDataFiles(this.storage, table, sequence, rows)),
    );
    return written.flat();
  }
}

function itemRejects(outcome: GraphOutcome): number {
  return outcome.rejects.filter((reject) => reject.scope === 'item').length;
}

function latestEventTime(settled: Settlement): number {
  let latest = -Infinity;
  for (const row of settled.rows) if (row.event_time > latest) latest = row.event_time;
  return latest;
}
