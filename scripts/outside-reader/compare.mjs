/** Compares what an outside reader sees of a lake with what `vitals query` sees: rows of every table, and of a filter. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const { LAKE: lake, OUTSIDE_PYTHON: python } = process.env;
const reader = fileURLToPath(new URL('./read_lake.py', import.meta.url));
const cli = fileURLToPath(new URL('../../dist/cli/index.js', import.meta.url));
const FILTER = { table: 'silver.patient_vitals', condition: 'heart_rate > 90' };

const outside = JSON.parse(
  execFileSync(python, [reader, lake, '--where', `${FILTER.table}=${FILTER.condition}`], { maxBuffer: 1 << 26 }),
);
const count = (sql) =>
  JSON.parse(execFileSync(process.execPath, [cli, 'query', sql, '--lake', lake, '--json']).toString()).n;

let failed = 0;
let passed = 0;
const check = (what, theirs, ours) => {
  const same = theirs === ours;
  console.log(`${same ? 'ok  ' : 'FAIL'} ${what}: deltalake ${theirs}, vitals ${ours}`);
  if (same) passed += 1;
  else failed += 1;
};
for (const [table, { rows, where }] of Object.entries(outside)) {
  check(table, rows, count(`SELECT count(*) AS n FROM ${table}`));
  if (table === FILTER.table) {
    const ours = count(`SELECT count(*) AS n FROM ${table} WHERE ${FILTER.condition}`);
    check(`${table} where ${FILTER.condition}`, where[FILTER.condition], ours);
  }
}
console.log(`${passed} passed, ${failed} failed`);
if (failed > 0 || passed < 9) process.exitCode = 1;
