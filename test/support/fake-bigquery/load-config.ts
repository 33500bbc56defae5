import { GoogleError } from './google-error.js';
import { ndjsonRows } from './ndjson-rows.js';
import { parquetRows } from './parquet-rows.js';
import {
  MODIFICATIONS_A_DAY,
  modeOf,
  typeOf,
  type Field,
  type StoredTable,
  type WarehouseStore,
} from './warehouse-store.js';

/** `configuration.load` of a job, as far as this project uses it. */
export interface LoadConfiguration {
  readonly destinationTable: { readonly projectId: string; readonly datasetId: string; readonly tableId: string };
  readonly schema?: { readonly fields: readonly Field[] };
  readonly sourceFormat: string;
  readonly writeDisposition: string;
  readonly createDisposition: string;
  readonly sourceUris?: readonly string[];
}

/** Loads whole or not at all; the number of rows. Everything that the service would refuse is a {@link GoogleError}. */
export async function runLoad(
  store: WarehouseStore,
  load: LoadConfiguration,
  files: readonly Buffer[],
): Promise<number> {
  const { datasetId, tableId } = load.destinationTable;
  const table = store.table(datasetId, tableId);
  if (++table.modifications > MODIFICATIONS_A_DAY) {
    const message = `Exceeded rate limits: too many table update operations for this table`;
    throw new GoogleError(403, 'quotaExceeded', message);
  }
  checkSchema(table, load.schema?.fields);
  const rows = [];
  for (const file of files) {
    if (load.sourceFormat === 'PARQUET')
      rows.push(...(await parquetRows(file, table.fields, load.schema === undefined)));
    else if (load.sourceFormat === 'NEWLINE_DELIMITED_JSON') rows.push(...ndjsonRows(file, table.fields));
    else throw new GoogleError(400, 'invalid', `Unsupported format ${load.sourceFormat}`);
  }
  if (load.writeDisposition === 'WRITE_TRUNCATE_DATA') table.rows = rows;
  else if (load.writeDisposition === 'WRITE_APPEND') table.rows.push(...rows);
  else throw new GoogleError(400, 'invalid', `Unsupported disposition ${load.writeDisposition}`);
  return rows.length;
}

function checkSchema(table: StoredTable, given: readonly Field[] | undefined): void {
  if (given === undefined) return;
  const mismatch = (text: string) => {
    const name = `${table.dataset}.${table.name}`;
    return new GoogleError(400, 'invalid', `Provided Schema does not match Table ${name}. ${text}`);
  };
  for (const field of given) {
    const found = table.fields.find((other) => other.name === field.name);
    if (found === undefined) throw mismatch(`Cannot add fields (field: ${field.name})`);
    if (typeOf(found) !== typeOf(field)) {
      throw mismatch(`Field ${field.name} has changed type from ${typeOf(found)} to ${typeOf(field)}`);
    }
    if (modeOf(found) !== modeOf(field)) {
      throw mismatch(`Field ${field.name} has changed mode from ${modeOf(found)} to ${modeOf(field)}`);
    }
  }
  const lacking = table.fields.find((field) => !given.some((other) => other.name === field.name));
  if (lacking) throw mismatch(`Field ${lacking.name} is missing in new schema`);
}
