import { count, counts, resultOf, type AuditContext, type InvariantResult } from './invariant.js';

/**
 * I2: received = silver + dead letter + suppressed, and the tables hold what the manifests counted: silver rows, dead
 * letters of whole items, of fields and of conflicts.
 */
export async function checkAccounted({ snapshot, database }: AuditContext): Promise<InvariantResult> {
  const { totals } = snapshot;
  const silver = await counts<'n'>(database, 'SELECT count(*) AS n FROM silver.patient_vitals');
  const rejects = await counts<'item' | 'field' | 'conflict' | 'other'>(
    database,
    `SELECT count(*) FILTER (WHERE scope = 'item') AS item, count(*) FILTER (WHERE scope = 'field') AS field,
       count(*) FILTER (WHERE scope = 'conflict') AS conflict,
       count(*) FILTER (WHERE scope NOT IN ('item', 'field', 'conflict')) AS other
     FROM silver.dead_letter`,
  );
  const problems: string[] = [];
  const ended = totals.silver + totals.dead_letter + totals.suppressed;
  if (totals.received !== ended) problems.push(`${count(totals.received, 'item')} received, ${ended} ended somewhere`);
  const compare = (what: string, rows: number, counted: number): void => {
    if (rows !== counted) problems.push(`${what}: ${count(rows, 'row')}, ${counted} counted`);
  };
  compare('silver', silver.n, totals.silver);
  compare('dead letters of items', rejects.item, totals.dead_letter);
  compare('dead letters of fields', rejects.field, totals.field_rejects);
  compare('dead letters of conflicts', rejects.conflict, totals.conflicts);
  compare('dead letters of an unknown scope', rejects.other, 0);
  const sound = `${totals.received} received = ${totals.silver} silver + ${totals.dead_letter} dead letter + ${totals.suppressed} suppressed`;
  return resultOf('I2', totals.received, problems, sound);
}
