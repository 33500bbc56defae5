import { qualifiedName, type Table } from '../schema/column.js';
import type { BronzeRow } from '../schema/tables/bronze-patient-vitals.js';
import type { Message } from '../transforms/reading.js';
import { applyManifest, verifyManifestFiles, type TableLogs } from './apply-manifest.js';
import type { BronzeLog } from './bronze-log.js';
import { compactTable, type CompactionOptions, type CompactionReport } from './compact.js';
import type { DeltaLog } from './delta/delta-log.js';
import { readMessages, type FreezeRecord, type FrozenBatch } from './frozen-batch.js';
import { LakeError } from './lake-error.js';
import type { LakeWriter } from './lake-writer.js';
import type { ManifestLog } from './manifest-log.js';
import type { DataFile, Manifest } from './manifest.js';
import type { Row } from './parquet.js';
import { replaceTable } from './replace-table.js';
import type { Storage } from './storage/storage.js';
import { vacuumTable, type VacuumOptions, type VacuumReport } from './vacuum.js';
import type { WriterLock } from './writer-lock.js';

/** The {@link LakeWriter} of an opened lake: puts bronze, manifests and table logs together, in the one safe order. */
export class SingleWriter implements LakeWriter {
  #stopped: LakeError | null = null;
  #maintenance: Promise<unknown> = Promise.resolve();

  constructor(
    readonly storage: Storage,
    private readonly lock: WriterLock,
    private readonly manifests: ManifestLog,
    private readonly logs: TableLogs,
    private readonly bronze: BronzeLog,
    private readonly clock: () => number,
  ) {}

  get head(): number {
    return this.manifests.head;
  }

  get lastManifest(): Manifest | null {
    return this.manifests.last;
  }

  get totals() {
    return this.manifests.totals;
  }

  get bronzeHead(): number {
    return this.bronze.head;
  }

  get nextSequence(): number {
    return this.bronze.head + 1;
  }

  unfinishedBatches(): readonly FrozenBatch[] {
    return this.bronze.since(this.head);
  }

  positions() {
    return this.bronze.last?.positions ?? null;
  }

  async freeze(rows: readonly BronzeRow[], record: FreezeRecord): Promise<FrozenBatch> {
    this.#mustRun();
    const sequence = this.nextSequence;
    return this.freezeFiles(sequence, await this.bronze.write(rows), record);
  }

  async freezeFiles(sequence: number, files: readonly DataFile[], record: FreezeRecord): Promise<FrozenBatch> {
    this.#mustRun();
    return this.#decisive(() => this.bronze.freeze(sequence, files, record));
  }

  async readFrozen(sequence: number): Promise<Message[]> {
    const batch = this.bronze.get(sequence);
    if (batch && sequence > this.head) return readMessages(this.storage, batch.files, sequence, batch.messages);
    return readMessages(this.storage, this.bronze.filesOf(sequence), sequence);
  }

  async commit(manifest: Manifest): Promise<void> {
    this.#mustRun();
    if (manifest.sequence !== this.head + 1 || manifest.sequence > this.bronzeHead) {
      const problem = `Manifest ${manifest.sequence} is out of turn: committed ${this.head}, frozen ${this.bronzeHead}`;
      throw new LakeError('MISUSE', problem, 'This is a fault of the program: report it');
    }
    await verifyManifestFiles(this.storage, this.logs, manifest);
    await this.#decisive(async () => {
      await this.manifests.append(manifest);
      await applyManifest(this.logs, manifest, this.clock());
      this.bronze.finish(manifest.sequence);
      await this.manifests.maintain();
    });
  }

  replace(table: Table, rows: readonly Row[]): Promise<void> {
    const log = this.logs.get(qualifiedName(table))!;
    // In turn with maintenance: rows that were there before come back under the name of a file that vacuum may be deleting.
    return this.#maintain(() => this.#decisive(() => replaceTable(log, this.nextSequence, rows, this.clock())));
  }

  compact(options: CompactionOptions = {}): Promise<CompactionReport> {
    return this.#maintain(async () => {
      const merges: CompactionReport['merges'][number][] = [];
      const failures: unknown[] = [];
      for (const log of this.#chosen(options.tables)) {
        const made = compactTable(log, this.head, options, this.clock);
        // A file that cannot be merged in one table must not let the others pile up.
        await made.then((list) => merges.push(...list)).catch((error: unknown) => failures.push(error));
      }
      if (failures.length > 0) throw failures[0];
      return { merges };
    });
  }

  vacuum(options: VacuumOptions = {}): Promise<VacuumReport> {
    return this.#maintain(async () => {
      let replaced = 0;
      let orphans = 0;
      for (const log of this.logs.values()) {
        // What another writer has written since it took over would look like nobody's.
        await this.lock.verify();
        const report = await vacuumTable(log, this.head, options, this.clock());
        replaced += report.replaced;
        orphans += report.orphans;
      }
      return { replaced, orphans };
    });
  }

  async close(): Promise<void> {
    await this.#maintenance;
    for (const log of this.logs.values()) await log.idle();
    this.#stopped ??= new LakeError('STOPPED', 'This writer is closed', 'Open the lake again');
    await this.lock.release();
  }

  #chosen(tables: readonly string[] | undefined): readonly DeltaLog[] {
    const all = Array.from(this.logs);
    return all.filter(([name]) => tables === undefined || tables.includes(name)).map(([, log]) => log);
  }

  /** One job at a time that removes files: vacuum must not see the half-made ones of compaction. */
  #maintain<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#maintenance.then(() => {
      this.#mustRun();
      return work();
    });
    this.#maintenance = turn.catch(() => undefined);
    return turn;
  }

  /** Work after whose failure only the storage knows what was done. */
  async #decisive<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      this.#stopped ??= stopped(error);
      throw error;
    }
  }

  #mustRun(): void {
    if (this.#stopped) throw this.#stopped;
    this.lock.mustHold();
    for (const log of this.logs.values()) log.mustRun();
  }
}

function stopped(cause: unknown): LakeError {
  const problem = 'An earlier commit of this writer failed, and its outcome is not known';
  return new LakeError('STOPPED', problem, 'Start again: the next start completes what was begun', { cause });
}
