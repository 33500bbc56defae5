import type { Table } from '../column.js';
import { bigQueryFields, type BigQueryField } from './bigquery.js';

/**
 * Stands in committed schemas (bigquery/schemas/) where the resource name of the environment's policy tag goes; in the
 * form of Terraform's `templatefile`, so that one file serves every environment.
 */
export const RESTRICTED_POLICY_TAG = '${restricted_policy_tag}';

/** A column with the policy tag that restricts it (column-level access control), where it may identify a person. */
export interface TaggedField extends BigQueryField {
  readonly policyTags?: { readonly names: readonly [string] };
}

/**
 * The columns of a table as `tables.insert`, `tables.patch` and Terraform take them. Policy tags are given here and not in
 * DDL, whose column options are description, rounding mode and data policies (BigQuery documentation, 2026).
 *
 * @param policyTag resource name of the tag (projects/P/locations/L/taxonomies/T/policyTags/N); null where there is none,
 *   as in a project for development: access is then kept by the datasets alone
 */
export function bigQuerySchema(table: Table, policyTag: string | null): readonly TaggedField[] {
  const identifying = new Set(table.columns.filter((column) => column.identifying === true).map(({ name }) => name));
  return bigQueryFields(table).map((field) =>
    policyTag !== null && identifying.has(field.name) ? { ...field, policyTags: { names: [policyTag] } } : field,
  );
}

/** The committed schema of a table (bigquery/schemas/): a JSON array of columns. */
export function renderBigQuerySchema(table: Table): string {
  const text = JSON.stringify(bigQuerySchema(table, RESTRICTED_POLICY_TAG), null, 2);
  // As the project's formatter writes it: what fits stays on a line.
  return `${text.replaceAll(/\{\s+"names": \[\s+("[^"]*")\s+\]\s+\}/g, '{\n      "names": [$1]\n    }')}\n`;
}
