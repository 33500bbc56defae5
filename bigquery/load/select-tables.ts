import { qualifiedName, type Table } from '../../schema/column.js';
import { ConfigurationError } from '../../schema/errors.js';
import { TABLES } from '../../schema/index.js';

/**
 * The tables that `--tables` names: tiers (`gold`) or tables (`silver.patient_vitals`), separated by commas. When it is left
 * out: gold, without tables that may identify anybody, so that those go into a warehouse only when they are asked for.
 *
 * @throws ConfigurationError for a name that is neither
 */
export function selectTables(names: string | undefined): readonly Table[] {
  const all: readonly Table[] = TABLES;
  if (names === undefined) return all.filter((table) => table.tier === 'gold' && !identifies(table));
  const wanted = names
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  for (const name of wanted) {
    if (all.some((table) => matches(table, name))) continue;
    const known = [...new Set(all.map((table) => table.tier)), ...all.map(qualifiedName)].join(', ');
    throw new ConfigurationError('--tables', `there is no ${name}`, `Give some of ${known}, separated by commas.`);
  }
  if (wanted.length === 0) throw new ConfigurationError('--tables', 'names no table', 'Leave it out for gold.');
  return all.filter((table) => wanted.some((name) => matches(table, name)));
}

/** Whether a table has columns that may identify people. */
export function identifies(table: Table): boolean {
  return table.columns.some((column) => column.identifying === true);
}

function matches(table: Table, name: string): boolean {
  return table.tier === name || qualifiedName(table) === name;
}
