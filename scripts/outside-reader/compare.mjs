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
const tables = Object.keys(outside);

/** All counts in one question: each start of `vitals` takes longer than any of them. */
const counted = JSON.parse(
  execFileSync(process.execPath, [cli, 'query', questionOf(tables), '--lake', lake, '--json']).toString(),
);

function questionOf(names) {
  const all = names.map((table) => `(SELECT count(*) FROM ${table}) AS "${table}"`);
  const filtered = `(SELECT count(*) FROM ${FILTER.table} WHERE ${FILTER.condition}) AS filtered`;
  return `SELECT ${[...all, filtered].join(', ')}`;
}

let failed = 0;
let passed = 0;
const check = (what, theirs, ours) => {
  const same = theirs === ours;
  console.log(`${same ? 'ok  ' : 'FAIL'} ${what}: deltalake ${theirs}, vitals ${ours}`);
  if (same) passed += 1;
  else failed += 1;
};
for (const table of tables) check(table, outside[table].rows, counted[table]);
const theirs = outside[FILTER.table].where[FILTER.condition];
check(`${FILTER.table} where ${FILTER.condition}`, theirs, counted.filtered);
console.log(`${passed} passed, ${failed} failed`);
if (failed > 0 || passed < 9) process.exitCode = 1;
