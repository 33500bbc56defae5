import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { loadViews } from '../../../bigquery/load-views.js';
import type { ViewDefinition } from '../../../bigquery/view.js';
import { openLakeSnapshot } from '../../../lake/reader.js';
import { openQuerySession, type QuerySession } from '../../../query/session.js';
import { qualifiedName, type Table } from '../../../schema/column.js';
import { TABLES } from '../../../schema/index.js';
import { comparable, difference } from '../../bigquery/comparable.js';
import { groupBy } from '../../bigquery/group-by.js';
import { hospitalRows } from '../../bigquery/hospital-rows.js';
import { scratch } from '../../lake/scratch.js';
import type { LakeRows } from '../../query/sound-lake.js';
import { writeWithLake } from '../../query/written-lake.js';
import { Analyzer } from './analyzer.js';
import { executable, tablesOf } from './executable.js';
import { evaluate } from './reference-engine.js';
import { describeWith, installAnalyzer, startAnalyzer, type AnalyzerServer } from './server.js';

/** Rows of silver; 100,000 by VIEW_ROWS=100000 npm run test:cloud -- bigquery-sql/views. */
const SIZE = Number(process.env['VIEW_ROWS'] ?? 2_000);
const SEED = 20_261_121;
const VIEWS = await loadViews(fileURLToPath(new URL('../../../bigquery/views', import.meta.url)));

/** 2,000 rows take seconds; 100,000 take minutes, an hour on a machine that does other work. */
const PATIENCE = 3_600_000;

type Row = Readonly<Record<string, unknown>>;

/** Rows of the tables that views read. */
const ROWS: Readonly<Record<string, (rows: LakeRows) => readonly Row[]>> = {
  'silver.patient_vitals': (rows) => rows.silver,
  'gold.patient_summary': (rows) => rows.summary,
  'gold.vitals_hourly': (rows) => rows.hourly,
  'gold.alerts': (rows) => rows.alerts,
  'gold.ward_alerts_hourly': (rows) => rows.wards,
  'gold.model_drift': (rows) => rows.drift ?? [],
};

/** A request holds 4 MB, at least twice as many rows of the widest table. */
const ROWS_PER_REQUEST = 1_600;

describeWith(
  installAnalyzer(),
  `the text of every view over ${SIZE} readings, in the reference engine of Google`,
  (folder) => {
    let server: AnalyzerServer;
    let language: Analyzer['language'];
    let rows: LakeRows;
    let session: QuerySession;

    beforeAll(async () => {
      server = await startAnalyzer(folder);
      language = (await Analyzer.over(server)).language;
      rows = hospitalRows(SIZE, SEED);
      const root = scratch();
      await writeWithLake(root, rows);
      session = await openQuerySession(await openLakeSnapshot(root), { memoryLimit: '1GB' });
    }, 600_000);
    afterAll(async () => {
      await session?.close();
      await server?.stop();
    });

    test.each(VIEWS.map((view) => [view.name, view] as const))(
      '%s answers as it does in DuckDB',
      async (name, view) => {
        const wanted = await session.all(`SELECT * FROM ${name}`);
        const found = await inParts(view, Object.keys(wanted[0] ?? {}));
        expect(wanted.length).toBeGreaterThan(0);
        expect(difference(comparable(found), comparable(wanted))).toBeNull();
      },
      PATIENCE,
    );

    /** Every view asks of one patient or one ward at a time, so it can be asked of some of them after others. */
    async function inParts(view: ViewDefinition, columns: readonly string[]): Promise<Row[]> {
      const [name = '', ...others] = tablesOf(view, VIEWS);
      expect(others).toEqual([]);
      const sql = executable(view, VIEWS);
      const table = withColumns(name, (column) => columns.includes(column) || new RegExp(`\\b${column}\\b`).test(sql));
      const found: Row[] = [];
      for (const part of parts(ROWS[name]?.(rows) ?? [])) {
        found.push(...(await evaluate(server, language, sql, columns, [{ table, rows: part }])));
      }
      return found;
    }
  },
);

/** A table with those columns that a query is about: the others only make its messages large. */
function withColumns(name: string, wanted: (column: string) => boolean): Table {
  const table = (TABLES as readonly Table[]).find((known) => qualifiedName(known) === name) as Table;
  return { ...table, columns: table.columns.filter((column) => wanted(column.name)) };
}

function* parts(rows: readonly Row[]): Generator<readonly Row[]> {
  let part: Row[] = [];
  for (const group of groupBy(rows, (row) => row['patient_id'] ?? row['ward']).values()) {
    if (part.length > 0 && part.length + group.length > ROWS_PER_REQUEST) {
      yield part;
      part = [];
    }
    part = part.concat(group);
  }
  if (part.length > 0) yield part;
}
