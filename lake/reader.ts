import { qualifiedName, type Table } from '../schema/column.js';
import { TABLES } from '../schema/index.js';
import { LogMoved } from './delta/read-log.js';
import { LakeError } from './lake-error.js';
import { ManifestReader, type Committed } from './manifest-reader.js';
import type { BatchCounts, Manifest } from './manifest.js';
import { openStorage } from './storage/open.js';
import type { Storage } from './storage/storage.js';
import { TableReader, type TableSnapshot } from './table-reader.js';

export type { LiveFile, TableSnapshot } from './table-reader.js';

/** All tables of a lake as one batch left them. Its files stay readable for an hour, compaction or not (vacuum.ts). */
export interface LakeSnapshot {
  /** Absolute path, or `gs://` URL. */
  readonly root: string;
  /** The newest batch that is in all tables; 0 when there is none. */
  readonly sequence: number;
  /** Counts of all batches up to this one. */
  readonly totals: BatchCounts;
  readonly manifest: Manifest | null;
  /** By qualified name, every table of the schema. */
  readonly tables: ReadonlyMap<string, TableSnapshot>;
}

/** Times a snapshot is begun anew because clean-up removed what was being read. */
const ATTEMPTS = 10;

/** One look at a lake; see {@link LakeReader}, which is for looking again and again. */
export function openLakeSnapshot(
  root: string | Storage,
  options: { readonly atSequence?: number } = {},
): Promise<LakeSnapshot> {
  const reader = new LakeReader(root);
  return options.atSequence === undefined ? reader.snapshot() : reader.snapshotAt(options.atSequence);
}

/**
 * Looks at a lake without a lock, beside its writer; after the first time it reads only what is new.
 *
 * Delivery: a snapshot is consistent across tables (the newest batch whose files are in all logs, bronze no further),
 * and names only files that are complete. Throws a {@link LakeError} NOT_A_LAKE where there is no lake.
 */
export class LakeReader {
  readonly #storage: Storage;
  readonly #manifests: ManifestReader;
  readonly #tables: readonly TableReader[];

  constructor(root: string | Storage) {
    this.#storage = openStorage(root);
    this.#manifests = new ManifestReader(this.#storage);
    this.#tables = (TABLES as readonly Table[]).map((table) => new TableReader(this.#storage, table));
  }

  /** The lake as of its newest finished batch. Calls must not overlap. */
  snapshot(): Promise<LakeSnapshot> {
    return this.#patiently(async () => {
      const applied = await this.#newestApplied();
      const tables = this.#tables.map((table) => table.settle(applied.sequence));
      return this.#snapshotOf(applied, tables);
    });
  }

  /** The lake as of an earlier batch. Throws a {@link LakeError} GONE for one that is cleaned up or not finished. */
  snapshotAt(sequence: number): Promise<LakeSnapshot> {
    return this.#patiently(async () => {
      const newest = await this.#newestApplied();
      if (sequence > newest.sequence) {
        throw new LakeError(
          'GONE',
          `Batch ${sequence} is not finished`,
          `Ask for ${newest.sequence} or an earlier one`,
        );
      }
      const committed = await this.#manifests.at(sequence);
      return this.#snapshotOf(committed, await Promise.all(this.#tables.map((table) => table.at(sequence))));
    });
  }

  /** A batch is begun only when the one before it is in all logs, so the newest is the last manifest or its predecessor. */
  async #newestApplied(): Promise<Committed> {
    const [last, previous] = await this.#manifests.refresh();
    await Promise.all(this.#tables.map((table) => table.refresh(previous.sequence)));
    if (last.sequence === 0 && !this.#tables.some((table) => table.exists)) throw noLake(this.#storage);
    const heads = new Map(this.#tables.map((table) => [qualifiedName(table.table), table.head]));
    const files = last.manifest?.files ?? [];
    return files.every((file) => (heads.get(file.table) ?? 0) >= last.sequence) ? last : previous;
  }

  #snapshotOf(committed: Committed, tables: readonly TableSnapshot[]): LakeSnapshot {
    const byName = new Map(tables.map((table) => [qualifiedName(table.table), table]));
    return { root: this.#storage.root, ...committed, tables: byName };
  }

  async #patiently<T>(read: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await read();
      } catch (error) {
        if (!(error instanceof LogMoved) || attempt === ATTEMPTS) throw error;
        this.#manifests.forget();
        for (const table of this.#tables) table.forget();
      }
    }
  }
}

function noLake(storage: Storage): LakeError {
  return new LakeError(
    'NOT_A_LAKE',
    `There is no lake at ${storage.root}`,
    'Name one with --lake, or run vitals start',
  );
}
