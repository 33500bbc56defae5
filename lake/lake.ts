import { qualifiedName, type Table } from '../schema/column.js';
import { TABLES } from '../schema/index.js';
import { BRONZE_PATIENT_VITALS, type BronzeRow } from '../schema/tables/bronze-patient-vitals.js';
import type { Message } from '../transforms/reading.js';
import { applyManifest, verifyManifestFiles, type TableLogs } from './apply-manifest.js';
import { BronzeLog } from './bronze-log.js';
import { compactTable, type CompactionOptions, type CompactionReport } from './compact.js';
import { DeltaLog, type LogOptions } from './delta/delta-log.js';
import { readMessages, type FreezeRecord, type FrozenBatch } from './frozen-batch.js';
import { LakeError } from './lake-error.js';
import type { LakeWriter } from './lake-writer.js';
import { ManifestLog, type ManifestLogOptions } from './manifest-log.js';
import { MANIFEST_FOLDER } from './manifest-name.js';
import type { DataFile, Manifest } from './manifest.js';
import { replaceTable } from './replace-table.js';
import type { Row } from './parquet.js';
import { currentProcess, type ProcessInfo } from './process-info.js';
import { openStorage } from './storage/open.js';
import type { Storage } from './storage/storage.js';
import { tableFolder } from './table-folder.js';
import { vacuumTable, type VacuumOptions, type VacuumReport } from './vacuum.js';
import { takeWriterLock, type WriterLock } from './writer-lock.js';

export interface LakeWriterOptions extends LogOptions, ManifestLogOptions {
  /** Epoch ms; stamps commits and decides what is old. */
  readonly clock: () => number;
  readonly processInfo?: ProcessInfo;
}

/**
 * Opens a lake for writing: takes its lock, creates what is not there, verifies the logs, and completes what the last
 * writer left unfinished. Throws a {@link LakeError} when another writer holds the lake or the lake is damaged.
 */
export async function openLakeWriter(root: string | Storage, options: LakeWriterOptions): Promise<LakeWriter> {
  const storage = openStorage(root);
  const lock = await takeWriterLock(storage, options.processInfo ?? currentProcess());
  try {
    await removeTemporaries(storage);
    const manifests = await ManifestLog.open(storage, options);
    const logs = new Map<string, DeltaLog>();
    for (const table of TABLES as readonly Table[]) {
      logs.set(qualifiedName(table), await DeltaLog.open(storage, table, options.clock, options));
    }
    for (const manifest of manifests.recent) await applyManifest(logs, manifest, options.clock());
    const bronze = await BronzeLog.open(logs.get(BRONZE)!, manifests.head, options.clock);
    return new SingleWriter(storage, lock, manifests, logs, bronze, options.clock);
  } catch (error) {
    // What went wrong first is what matters; a lock that cannot be released is that of a dead process soon.
    await lock.release().catch(() => undefined);
    throw error;
  }
}

const BRONZE = qualifiedName(BRONZE_PATIENT_VITALS);

class SingleWriter implements LakeWriter {
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

  async replace(table: Table, rows: readonly Row[]): Promise<void> {
    this.#mustRun();
    const log = this.logs.get(qualifiedName(table))!;
    await this.#decisive(() => replaceTable(log, this.nextSequence, rows, this.clock()));
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

  /** One maintenance job at a time: vacuum must not see the half-made files of compaction. */
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
    for (const log of this.logs.values()) log.mustRun();
  }
}

function stopped(cause: unknown): LakeError {
  const problem = 'An earlier commit of this writer failed, and its outcome is not known';
  return new LakeError('STOPPED', problem, 'Start again: the next start completes what was begun', { cause });
}

async function removeTemporaries(storage: Storage): Promise<void> {
  const folders = [MANIFEST_FOLDER, ...(TABLES as readonly Table[]).map(tableFolder)];
  for (const folder of folders) await storage.local?.removeTemporaries(folder);
}
