import { listLog, readLog } from '../../lake/delta/read-log.js';
import type { Storage } from '../../lake/storage/storage.js';
import { tableFolder } from '../../lake/table-folder.js';
import type { Table } from '../../schema/column.js';

/**
 * The id of a table of a lake (Delta `metaData.id`): tells two lakes apart that count their batches from 1. Null while the
 * table does not exist.
 */
export async function lakeTableId(storage: Storage, table: Table): Promise<string | null> {
  const folder = tableFolder(table);
  const { state, commits } = await readLog(storage, folder, await listLog(storage, folder));
  for (const { version, actions } of commits) state.apply(version, actions);
  return state.metaData?.id ?? null;
}
