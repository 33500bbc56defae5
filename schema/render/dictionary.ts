import { qualifiedName, type Column, type Table } from '../column.js';
import { VITALS } from '../vitals.js';

const INTRODUCTION = `# Data dictionary

Rendered from \`schema/\` by \`npm run render\`: change the schema, not this file.

A null is a missing value, never zero. Times are instants in UTC with millisecond precision. Units are UCUM codes.
*Hashed* columns are part of the content hash that \`vitals audit\` prints; *identifying* columns may identify a person
and are restricted. BigQuery, the Delta log, Parquet files and \`vitals query\` use the same names.
`;

/** The data dictionary of all tables, as Markdown (docs/data-dictionary.md). */
export function renderDataDictionary(tables: readonly Table[]): string {
  return [INTRODUCTION, renderVitals(), ...tables.map(renderTable)].join('\n');
}

function renderVitals(): string {
  const rows = VITALS.map((vital) => [
    code(vital.name),
    vital.description,
    code(vital.unit),
    String(vital.scale),
    code(vital.loinc),
  ]);
  return `## Vital signs\n\n${markdownTable(['name', 'meaning', 'unit', 'decimals', 'LOINC'], rows)}`;
}

function renderTable(table: Table): string {
  const partition =
    table.partitionBy === null ? 'none' : `${code(table.partitionBy)} (of ${code(table.partitionSource ?? '')})`;
  const facts = [
    `- key: ${table.key.map(code).join(', ')}`,
    `- partition: ${partition}`,
    `- cluster: ${table.clusterBy.map(code).join(', ') || 'none'}`,
  ];
  const rows = table.columns.map((column) => [
    code(column.name),
    column.type,
    column.unit === undefined ? '' : code(column.unit),
    column.scale === undefined ? '' : String(column.scale),
    column.required ? 'no' : 'yes',
    column.description,
    marks(column),
  ]);
  const columns = markdownTable(['column', 'type', 'unit', 'decimals', 'null', 'meaning', 'marks'], rows);
  return `## ${qualifiedName(table)}\n\n${table.description}\n\n${facts.join('\n')}\n\n${columns}`;
}

function marks(column: Column): string {
  const names = [];
  if (column.hashed === true) names.push('hashed');
  if (column.identifying === true) names.push('identifying');
  return names.join(', ');
}

function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.map(escapeCell).join(' | ')} |`);
  return `${lines.join('\n')}\n`;
}

function escapeCell(text: string): string {
  return text.replaceAll('|', '\\|');
}

function code(text: string): string {
  return `\`${text}\``;
}
