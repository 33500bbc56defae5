import { openLakeFiles, type LakeFiles } from '../../lake/lake-files.js';
import { LakeReader, type LakeSnapshot, type LiveFile } from '../../lake/reader.js';
import { qualifiedName, type Table } from '../../schema/column.js';

/** How long a look at the lake is good for, ms: files that compaction replaced stay for an hour. */
const FRESH_MILLIS = 600_000;

/** A lake as a load sees it: up to the batch that it found at first, in the files in which those rows lie now. */
export class LakeView {
  #snapshot: LakeSnapshot;
  #takenAt: number;
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly reader: LakeReader,
    private readonly lakeFiles: LakeFiles,
    first: LakeSnapshot,
    private readonly clock: () => number,
    /** The newest batch when the view was opened. */
    readonly sequence: number,
  ) {
    this.#snapshot = first;
    this.#takenAt = clock();
  }

  /** Throws a LakeError where there is no lake. */
  static async open(lake: string, clock: () => number): Promise<LakeView> {
    const reader = new LakeReader(lake);
    const first = await reader.snapshot();
    return new LakeView(reader, openLakeFiles(lake), first, clock, first.sequence);
  }

  /** Days that a partitioned table has, in order. */
  dates(table: Table): readonly string[] {
    const files = this.#snapshot.tables.get(qualifiedName(table))?.files ?? [];
    return [...new Set(files.map((file) => dateOf(table, file)))].filter((date) => date !== null).sort();
  }

  /** The live files of a day; of all days for a table that is kept whole. */
  async files(table: Table, date: string | null): Promise<readonly LiveFile[]> {
    const { tables } = await this.#fresh();
    const files = tables.get(qualifiedName(table))?.files ?? [];
    return date === null ? files : files.filter((file) => dateOf(table, file) === date);
  }

  lend(files: readonly LiveFile[]): Promise<readonly LiveFile[]> {
    return this.lakeFiles.lend(files);
  }

  /** One look at a time: a reader is not made for two. */
  #fresh(): Promise<LakeSnapshot> {
    const look = async () => {
      if (this.clock() - this.#takenAt < FRESH_MILLIS) return;
      this.#snapshot = await this.reader.snapshot();
      this.#takenAt = this.clock();
    };
    const turn = this.#turn.then(look);
    this.#turn = turn.catch(() => undefined);
    return turn.then(() => this.#snapshot);
  }
}

function dateOf(table: Table, file: LiveFile): string | null {
  return table.partitionBy === null ? null : (file.partition[table.partitionBy] ?? null);
}
