import { BRONZE_PATIENT_VITALS, type BronzeRow } from '../schema/tables/bronze-patient-vitals.js';
import { writeDataFiles } from './data-file.js';
import type { DeltaLog } from './delta/delta-log.js';
import { addOf, tableFileOf, type TableFile } from './delta/file-action.js';
import { readCommit } from './delta/read-log.js';
import { APPLICATION, encodeFrozenBatch, frozenBatchOf, type FreezeRecord, type FrozenBatch } from './frozen-batch.js';
import { LakeError } from './lake-error.js';
import type { DataFile } from './manifest.js';

/**
 * The frozen batches of a lake, as its only writer keeps them: one commit of the bronze table each, contiguous from 1.
 * Remembers those that no manifest has finished yet, and the last one, whose positions are where the sources stand.
 */
export class BronzeLog {
  /** Batches since the last manifest, and that manifest's own, by sequence: the batch and the version that froze it. */
  readonly #recent = new Map<number, { readonly batch: FrozenBatch; readonly version: number }>();

  private constructor(
    private readonly log: DeltaLog,
    private readonly clock: () => number,
  ) {}

  /** @param finished sequence of the last manifest */
  static async open(log: DeltaLog, finished: number, clock: () => number): Promise<BronzeLog> {
    const bronze = new BronzeLog(log, clock);
    if (bronze.head < finished) {
      const problem = `Batch ${finished} has a manifest, but bronze ends at batch ${bronze.head}`;
      throw new LakeError('CORRUPT', problem, 'Restore the bronze table from a copy');
    }
    await bronze.#recover(finished);
    bronze.finish(finished);
    return bronze;
  }

  /** Sequence of the last frozen batch; 0 when there is none. */
  get head(): number {
    return this.log.transaction(APPLICATION);
  }

  get last(): FrozenBatch | null {
    return this.get(this.head);
  }

  get(sequence: number): FrozenBatch | null {
    return this.#recent.get(sequence)?.batch ?? null;
  }

  /** The live files that hold messages of a batch, be they its own or merged ones. */
  filesOf(sequence: number): readonly TableFile[] {
    const files = Array.from(this.log.state.live.values(), (add) => tableFileOf(BRONZE_PATIENT_VITALS, add));
    return files.filter(({ stats: { batch } }) => batch && batch[0] <= sequence && sequence <= batch[1]);
  }

  /** Batches after `finished`, in sequence. */
  since(finished: number): readonly FrozenBatch[] {
    const batches = Array.from(this.#recent.values(), ({ batch }) => batch);
    return batches.filter((batch) => batch.sequence > finished).sort((a, b) => a.sequence - b.sequence);
  }

  /** Writes the files of the next batch; nothing is frozen yet. */
  write(rows: readonly BronzeRow[]): Promise<DataFile[]> {
    const stray = rows.find((row) => row.batch !== this.head + 1);
    if (stray) throw misuse(`A bronze row has batch ${stray.batch}, the next one is ${this.head + 1}`);
    return writeDataFiles(this.log.storage, BRONZE_PATIENT_VITALS, this.head + 1, rows);
  }

  /** Freezes a batch whose files are written. */
  async freeze(sequence: number, files: readonly DataFile[], record: FreezeRecord): Promise<FrozenBatch> {
    const messages = files.reduce((sum, file) => sum + file.rows, 0);
    const { positions, versions } = record;
    const batch: FrozenBatch = { sequence, messages, files, positions, versions };
    await this.log.append((state) => {
      if (sequence !== this.head + 1) throw misuse(`Batch ${sequence} was frozen out of turn after ${this.head}`);
      this.#recent.set(sequence, { batch, version: state.version + 1 });
      return {
        operation: 'FREEZE',
        parameters: { batch: String(sequence) },
        userMetadata: encodeFrozenBatch(batch),
        txn: { appId: APPLICATION, version: sequence, lastUpdated: this.clock() },
        adds: files.map((file) => addOf(BRONZE_PATIENT_VITALS, file, this.clock())),
      };
    });
    return batch;
  }

  /** Forgets what is finished; the log of what is not stays, however old it gets. */
  finish(sequence: number): void {
    for (const known of this.#recent.keys()) if (known < sequence) this.#recent.delete(known);
    // From before that batch on: a reader may be one batch behind.
    this.log.keepFrom((this.#recent.get(sequence)?.version ?? 1) - 1);
  }

  /** Walks the log backwards to the batch of the last manifest. */
  async #recover(finished: number): Promise<void> {
    const { storage, folder, state } = this.log;
    let wanted = this.head;
    for (let version = state.version; wanted > 0 && wanted >= finished; version--) {
      const commit = version < 0 ? null : await readCommit(storage, folder, version);
      if (commit === null) {
        const problem = `The commit that froze batch ${wanted} is missing from the log of ${folder.slice(0, -1)}`;
        throw new LakeError('CORRUPT', problem, 'Restore the log from a copy');
      }
      const batch = frozenBatchOf(commit.actions);
      if (batch === null) continue;
      this.#recent.set(batch.sequence, { batch, version });
      wanted = batch.sequence - 1;
    }
  }
}

function misuse(problem: string): LakeError {
  return new LakeError('MISUSE', problem, 'This is a fault of the program: report it');
}
