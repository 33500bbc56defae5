import type { Table } from '../schema/column.js';

/** The folder of a table in its lake, with the final slash: `silver/patient_vitals/`. */
export function tableFolder(table: Table): string {
  return `${table.tier}/${table.name}/`;
}
