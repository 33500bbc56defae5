import { stat } from 'node:fs/promises';
import type { LakeSnapshot, LiveFile, TableSnapshot } from '../../lake/reader.js';
import type { Database } from '../database.js';
import { quoteText } from '../sql-text.js';
import { count, resultOf, type InvariantResult } from './invariant.js';

/** Files whose size is asked for at the same time, and whose footers are read by one query. */
const FILES_AT_ONCE = 256;
/** Broken files that a result names; the rest is counted. */
const NAMED = 5;

/** The result of I6, and the snapshot with the files that can be read. */
export interface CheckedFiles {
  readonly result: InvariantResult;
  readonly readable: LakeSnapshot;
}

/**
 * I6: a reader that goes through the table log never sees a missing or torn file: each live file is there, has the size
 * that the log says, and a footer that counts as many rows as the log.
 */
export async function checkFiles(snapshot: LakeSnapshot, database: Database): Promise<CheckedFiles> {
  const problems = new Map<LiveFile, string>();
  const tables = new Map<string, TableSnapshot>();
  let checked = 0;
  for (const [name, table] of snapshot.tables) {
    for (let start = 0; start < table.files.length; start += FILES_AT_ONCE) {
      const files = table.files.slice(start, start + FILES_AT_ONCE);
      for (const [file, problem] of await problemsOf(files, database))
        problems.set(file, `${name}/${file.path} ${problem}`);
    }
    checked += table.files.length;
    tables.set(name, { ...table, files: table.files.filter((file) => !problems.has(file)) });
  }
  const named = [...problems.values()];
  const rest = named.length > NAMED ? [`${named.length - NAMED} more`] : [];
  const result = resultOf('I6', checked, [...named.slice(0, NAMED), ...rest], `${count(checked, 'live file')} whole`);
  return { result, readable: { ...snapshot, tables } };
}

async function problemsOf(files: readonly LiveFile[], database: Database): Promise<Map<LiveFile, string>> {
  const problems = new Map<LiveFile, string>();
  await Promise.all(
    files.map(async (file) => {
      const size = await sizeOf(file);
      if (size === null) problems.set(file, 'is missing');
      else if (size !== file.bytes) problems.set(file, `has ${size} bytes, ${file.bytes} in the log`);
    }),
  );
  const whole = files.filter((file) => !problems.has(file));
  const rows = await footerRows(whole, database);
  for (const file of whole) {
    const found = rows.get(file.location);
    if (found === undefined) problems.set(file, 'has no readable footer');
    else if (file.rows !== null && found !== file.rows)
      problems.set(file, `has ${found} rows, ${file.rows} in the log`);
  }
  return problems;
}

async function sizeOf(file: LiveFile): Promise<number | null> {
  const found = await stat(file.location).catch(() => null);
  return found?.size ?? null;
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
