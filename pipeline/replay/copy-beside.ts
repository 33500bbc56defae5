import { openStorage } from '../../lake/storage/open.js';
import type { Storage } from '../../lake/storage/storage.js';
import { tableFolder } from '../../lake/table-folder.js';
import type { Table } from '../../schema/column.js';
import { TABLES } from '../../schema/index.js';

/** The registered models of a lake (lake/model-registry/model-store.ts). */
const MODELS = '_models/';

/**
 * Copies what a lake holds that no message says: what people did about alerts and models, and the registered models. Tables
 * without a `batch`, but for reference tables, are those.
 *
 * @param to a lake that has none of it yet
 * @returns how many objects were copied
 */
export async function copyBeside(from: string | Storage, to: string | Storage): Promise<number> {
  const [source, target] = [openStorage(from), openStorage(to)];
  const tables = (TABLES as readonly Table[]).filter(
    ({ tier, columns }) => tier !== 'reference' && !columns.some((column) => column.name === 'batch'),
  );
  let copied = 0;
  for (const folder of [MODELS, ...tables.map(tableFolder)]) {
    const paths = await source.list(folder);
    // A log names files: they come first.
    const ordered = [...paths.filter((path) => !isLog(path)), ...paths.filter(isLog)];
    for (const path of ordered) {
      const bytes = await source.readRange(path, 0, null);
      if (bytes === null) continue;
      await target.putIfAbsent(path, bytes);
      copied += 1;
    }
  }
  return copied;
}

function isLog(path: string): boolean {
  return path.includes('/_delta_log/');
}
