import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import yargs from 'yargs';
import { auditCommand } from '../../cli/commands/audit.js';
import { queryCommand } from '../../cli/commands/query.js';
import { runQuery, type QueryRequest } from '../../cli/query/run-query.js';
import { openLakeSnapshot } from '../../lake/reader.js';
import { auditLake } from '../../query/audit/audit.js';
import { openLookups } from '../../query/lookups.js';
import { openQuerySession } from '../../query/session.js';
import { VIEWS } from '../../query/views.generated.js';
import { soundRows } from './sound-lake.js';
import { writeWithLake } from './written-lake.js';

let folder = '';
let lake = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vitals-query-test-'));
  lake = join(folder, 'lake');
  await writeWithLake(lake, soundRows());
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const NOTHING_ASKED: QueryRequest = {
  sql: undefined,
  lake: '',
  file: undefined,
  'as-of-batch': undefined,
  json: false,
  csv: false,
  out: undefined,
  all: false,
  list: false,
  'memory-limit': '256MB',
};

/** What `vitals query` prints: data and notes. */
async function query(request: Partial<QueryRequest>): Promise<{ data: string; notes: string }> {
  const data = new PassThrough();
  const notes = new PassThrough();
  const printed = Promise.all([text(data), text(notes)]);
  try {
    await runQuery({ ...NOTHING_ASKED, lake, ...request }, { data, notes });
  } finally {
    data.end();
    notes.end();
  }
  const [shown, said] = await printed;
  return { data: shown, notes: said };
}

/** Views of what takes minutes of readings, or a device that began anew: this lake has seconds. */
const NOTHING_TO_SHOW: readonly string[] = [
  'gold.alarms',
  'gold.anomaly_alarms',
  'gold.vital_artefacts',
  'gold.sequence_resets',
];

describe('a lake that the lake writer wrote', () => {
  test('keeps every invariant, before compaction and after, with the same hashes', async () => {
    const merged = join(folder, 'merged');
    await writeWithLake(merged, soundRows(), true);
    const [plain, compacted] = [await auditLake(lake), await auditLake(merged)];
    expect(plain.invariants.filter(({ ok }) => !ok)).toEqual([]);
    expect(compacted).toMatchObject({ ok: true, silver_hash: plain.silver_hash, gold_hash: plain.gold_hash });
  });

  test('answers look-ups with the rows that were written', async () => {
    const lookups = await openLookups();
    lookups.refresh((await openLakeSnapshot(lake)).tables);
    const versions = await lookups.versionsOf(['r1']);
    expect(versions.sort((a, b) => a.batch - b.batch)).toEqual(
      soundRows().silver.filter((row) => row.reading_id === 'r1'),
    );
    await lookups.close();
  });

  test('answers every view', async () => {
    const session = await openQuerySession(await openLakeSnapshot(lake));
    for (const view of VIEWS) {
      const rows = await session.all(`SELECT * FROM ${view.name}`);
      expect([view.name, rows.length > 0]).toEqual([view.name, !NOTHING_TO_SHOW.includes(view.name)]);
    }
    await session.close();
  });
});

describe('vitals query', () => {
  const SQL = 'SELECT rule, n, ward FROM gold.ward_alert_counts';

  test('prints an aligned table, numbers to the right', async () => {
    const sql = "SELECT 'a' AS word, 1 AS n, NULL AS nothing UNION ALL SELECT 'longer', 1000, 'x' ORDER BY n";
    expect((await query({ sql })).data).toBe(
      ['word       n  nothing', '------  ----  -------', 'a          1  null', 'longer  1000  x', ''].join('\n'),
    );
  });

  test('prints one JSON object a line', async () => {
    expect((await query({ sql: SQL, json: true })).data).toBe('{"rule":"spo2_low","n":1,"ward":"ICU"}\n');
  });

  test('prints CSV in which no text is a formula, and numbers stay numbers', async () => {
    const sql = `SELECT '=cmd' AS a, -1 AS b, 'x,"y"' AS c, NULL AS d, '' AS e, '@sum' AS f`;
    expect((await query({ sql, csv: true })).data).toBe(`a,b,c,d,e,f\n'=cmd,-1,"x,""y""",,"",'@sum\n`);
  });

  test('shows the columns of an answer without rows', async () => {
    expect((await query({ sql: `${SQL} WHERE false`, csv: true })).data).toBe('rule,n,ward\n');
    expect((await query({ sql: `${SQL} WHERE false` })).data).toBe('rule  n  ward\n----  -  ----\n');
  });

  test('shows 1,000 rows and says that there are more; --all shows them', async () => {
    const sql = 'SELECT range AS i FROM range(1001)';
    const shown = await query({ sql });
    expect(shown.data.split('\n')).toHaveLength(2 + 1000 + 1);
    expect(shown.notes).toBe('The first 1,000 rows; --all shows every row.\n');
    const all = await query({ sql, all: true });
    expect(all.data.split('\n')).toHaveLength(2 + 1001 + 1);
    expect(all.notes).toBe('');
  });

  test('text from outside cannot steer the terminal', async () => {
    const { data } = await query({ sql: `SELECT chr(27) || '[2J' || chr(10) || chr(8238) AS t` });
    expect(data).toContain('\\u001b[2J\\u000a\\u202e');
  });

  test('writes Parquet, whole or not at all', async () => {
    const out = join(folder, 'out.parquet');
    const { notes } = await query({ sql: `${SQL};`, out });
    expect(notes).toBe(`1 row in ${out}\n`);
    expect(readFileSync(out).subarray(0, 4).toString()).toBe('PAR1');
    const failed = join(folder, 'failed.parquet');
    await expect(query({ sql: "SELECT error('no') FROM range(2)", out: failed })).rejects.toThrow(/no/);
    expect([existsSync(failed), existsSync(`${failed}.partial`)]).toEqual([false, false]);
  });

  test('answers as of an earlier batch', async () => {
    const sql = 'SELECT count(*) AS n FROM silver.patient_vitals';
    expect((await query({ sql, json: true, 'as-of-batch': 1 })).data).toBe('{"n":4}\n');
    await expect(query({ sql, 'as-of-batch': 9 })).rejects.toThrow(/Batch 9 is not finished/);
  });

  test('reads the query from a file', async () => {
    const file = join(folder, 'q.sql');
    writeFileSync(file, `-- alerts by ward\n${SQL}\n`);
    expect((await query({ file, json: true })).data).toContain('spo2_low');
    await expect(query({ file: join(folder, 'none.sql') })).rejects.toThrow(/--file: .*none\.sql/);
  });

  test('lists every table and view with what it is', async () => {
    const { data } = await query({ list: true, lake: join(folder, 'nowhere') });
    expect(data).toMatch(/^gold\.patient_risk_scores +materialized view +patient x minute/m);
    expect(data).toMatch(/^silver\.patient_vitals +table/m);
  });

  test('a missing lake, a wrong query and no query are each one clear sentence', async () => {
    await expect(query({ sql: 'SELECT 1', lake: join(folder, 'nowhere') })).rejects.toThrow(
      /There is no lake at .*--lake/,
    );
    await expect(query({ sql: 'SELEC 1' })).rejects.toThrow(/^Parser Error: syntax error at or near "SELEC"$/);
    await expect(query({})).rejects.toThrow(/there is nothing to ask/);
  });

  test('one form of output at a time, and any one of them is taken', async () => {
    const asked: object[] = [];
    const parse = (...argv: string[]) =>
      yargs()
        .command({ ...queryCommand, handler: (args) => void asked.push(args) })
        .exitProcess(false)
        .fail((message, error) => {
          throw error ?? new Error(message);
        })
        .parseAsync(['query', 'SELECT 1', ...argv]);
    await expect(async () => parse('--json', '--csv')).rejects.toThrow(/mutually exclusive/);
    await expect(async () => parse('--csv', '--out', 'x')).rejects.toThrow(/mutually exclusive/);
    for (const argv of [[], ['--json'], ['--csv'], ['--out', 'x'], ['--all']]) await parse(...argv);
    expect(asked).toHaveLength(5);
  });
});

describe('vitals audit', () => {
  afterEach(() => {
    process.exitCode = 0;
    jest.restoreAllMocks();
  });

  async function audit(...argv: string[]): Promise<{ out: string; code: unknown }> {
    let out = '';
    jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
      out += String(chunk);
      return true;
    });
    await yargs(['audit', ...argv])
      .command(auditCommand)
      .exitProcess(false)
      .fail((message, error) => {
        throw error ?? new Error(message);
      })
      .parseAsync();
    return { out, code: process.exitCode };
  }

  test('prints a line for each invariant, the hashes and the counts', async () => {
    const { out, code } = await audit('--lake', lake);
    expect(
      out
        .split('\n')
        .slice(0, 8)
        .map((line) => line.slice(0, 10)),
    ).toEqual(['I1', 'I2', 'I3', 'I4', 'I5', 'I6', 'I7', 'I8'].map((id) => `ok      ${id}`));
    expect(out).toMatch(/^8 received = 6 silver \+ 1 dead letter \+ 1 suppressed; 1 field rejects, 1 conflicts$/m);
    expect(code).not.toBe(1);
  });

  test('prints one JSON object, and exits 1 when an invariant is broken', async () => {
    const { out, code } = await audit('--lake', lake, '--json', '--memory-cap', '1MiB');
    expect(JSON.parse(out)).toMatchObject({
      ok: false,
      received: 8,
      silver_hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(code).toBe(1);
  });

  test('a cap that is no size is refused', async () => {
    await expect(audit('--lake', lake, '--memory-cap', 'plenty')).rejects.toThrow(/--memory-cap: "plenty" is no size/);
  });
});
