import { LakeError } from '../../lake/lake-error.js';
import type { LakeFiles } from '../../lake/lake-files.js';
import type { LakeSnapshot, LiveFile, TableSnapshot } from '../../lake/reader.js';
import type { Database } from '../database.js';
import { quoteText } from '../sql-text.js';
import { count, resultOf, type InvariantResult } from './invariant.js';

/** Files whose size is asked for at the same time, and whose footers are read by one query. */
const FILES_AT_ONCE = 256;
/** Broken files that a result names; the rest is counted. */
const NAMED = 5;

/** The result of I6, and the snapshot with the files that can be read, where DuckDB can read them. */
export interface CheckedFiles {
  readonly result: InvariantResult;
  readonly readable: LakeSnapshot;
}

/**
 * I6: a reader that goes through the table log never sees a missing or torn file: each live file is there, has the size
 * that the log says, and a footer that counts as many rows as the log. Files of a bucket are copied, and have the checksum
 * that the storage keeps.
 */
export async function checkFiles(snapshot: LakeSnapshot, database: Database, source: LakeFiles): Promise<CheckedFiles> {
  const problems: string[] = [];
  const tables = new Map<string, TableSnapshot>();
  let checked = 0;
  const all = [...snapshot.tables.values()].flatMap((table) => table.files);
  source.mustHaveRoom(all.reduce((sum, file) => sum + file.bytes, 0));
  for (const [name, table] of snapshot.tables) {
    const readable: LiveFile[] = [];
    for (let start = 0; start < table.files.length; start += FILES_AT_ONCE) {
      const files = table.files.slice(start, start + FILES_AT_ONCE);
      for (const { file, lent, problem } of await checkSome(files, database, source)) {
        if (problem === null) readable.push(lent);
        else problems.push(`${name}/${file.path} ${problem}`);
      }
    }
    checked += table.files.length;
    tables.set(name, { ...table, files: readable });
  }
  const rest = problems.length > NAMED ? [`${problems.length - NAMED} more`] : [];
  const result = resultOf(
    'I6',
    checked,
    [...problems.slice(0, NAMED), ...rest],
    `${count(checked, 'live file')} whole`,
  );
  return { result, readable: { ...snapshot, tables } };
}

/** What was found of one file. */
interface CheckedFile {
  readonly file: LiveFile;
  /** The same file where DuckDB can read it. */
  readonly lent: LiveFile;
  readonly problem: string | null;
}

async function checkSome(
  files: readonly LiveFile[],
  database: Database,
  source: LakeFiles,
): Promise<readonly CheckedFile[]> {
  const had = await Promise.all(files.map((file) => have(file, source)));
  const whole = had.filter(({ problem }) => problem === null).map(({ lent }) => lent);
  const rows = await footerRows(whole, database);
  return had.map((found) => {
    if (found.problem !== null) return found;
    const { rows: expected, location } = found.lent;
    const actual = rows.get(location);
    if (actual === undefined) return { ...found, problem: 'has no readable footer' };
    if (expected === null || actual === expected) return found;
    return { ...found, problem: `has ${actual} rows, ${expected} in the log` };
  });
}

async function have(file: LiveFile, source: LakeFiles): Promise<CheckedFile> {
  const size = await source.sizeOf(file);
  if (size === null) return { file, lent: file, problem: 'is missing' };
  if (size !== file.bytes) return { file, lent: file, problem: `has ${size} bytes, ${file.bytes} in the log` };
  try {
    const [lent = file] = await source.lend([file]);
    return { file, lent, problem: null };
  } catch (error) {
    // What keeps every file from being read is no finding about this one.
    if (!(error instanceof LakeError && (error.code === 'CORRUPT' || error.code === 'GONE'))) throw error;
    return { file, lent: file, problem: error.code === 'GONE' ? 'is missing' : 'is damaged' };
  }
}

/** Rows by location; one torn file fails the question, so it is then asked file by file. */
async function footerRows(files: readonly LiveFile[], database: Database): Promise<Map<string, number>> {
  if (files.length === 0) return new Map();
  try {
    const list = files.map((file) => quoteText(file.location)).join(', ');
    const rows = await database.rows(`SELECT file_name, num_rows FROM parquet_file_metadata([${list}])`);
    return new Map(rows.map((row) => [String(row['file_name']), Number(row['num_rows'])]));
  } catch {
    if (files.length === 1) return new Map();
    const middle = files.length >> 1;
    const halves = [
      await footerRows(files.slice(0, middle), database),
      await footerRows(files.slice(middle), database),
    ];
    return new Map(halves.flatMap((half) => [...half]));
  }
}
