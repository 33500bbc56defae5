import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { format, resolveConfig } from 'prettier';
import { lintView } from '../../bigquery/lint.js';
import { loadViews } from '../../bigquery/load-views.js';
import { RENDERED_VIEWS, renderDuckDbViews } from '../../bigquery/render.js';
import { sourcesOf } from '../../bigquery/syntax.js';
import { transpileToDuckDb } from '../../bigquery/transpile.js';
import { parseView, type ViewDefinition } from '../../bigquery/view.js';
import { TABLES } from '../../schema/index.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const VIEWS = await loadViews(`${ROOT}bigquery/views`);
const NAMES = VIEWS.map((view) => view.name);

describe('the views of bigquery/views/', () => {
  test('are those that the seeds name, and the logical ones on top', () => {
    const materialized = VIEWS.filter((view) => view.kind === 'materialized').map((view) => view.name);
    expect(materialized.sort()).toEqual([
      'gold.patient_risk_scores',
      'gold.vital_signs_hourly_trend',
      'gold.ward_alert_counts',
    ]);
    expect(NAMES).toHaveLength(16);
  });

  test.each(VIEWS.map((view) => [view.name, view] as const))('%s keeps the rules of BigQuery', (_, view) => {
    expect(lintView(view, TABLES, NAMES)).toEqual([]);
    expect(view.description).toMatch(/\.$/);
    expect(view.grain).toMatch(/\.$/);
  });

  test('each comes after the views that it reads', () => {
    expect(NAMES.indexOf('gold.alert_episodes')).toBeGreaterThan(NAMES.indexOf('gold.current_alerts'));
    expect(NAMES.indexOf('gold.carried_forward_news2')).toBeGreaterThan(NAMES.indexOf('silver.current_patient_vitals'));
  });

  test('none stands on more than one other logical view, which is as deep as Terraform makes them', () => {
    const logical = new Map(VIEWS.filter((view) => view.kind === 'logical').map((view) => [view.name, view]));
    const below = (view: ViewDefinition) => sourcesOf(view.select).flatMap((name) => logical.get(name) ?? []);
    for (const view of logical.values()) expect([view.name, below(view).flatMap(below)]).toEqual([view.name, []]);
  });

  test('those that show values of panes leave out panes of nothing', () => {
    for (const name of ['gold.vital_signs_hourly_average', 'gold.patient_risk_by_minute']) {
      expect(VIEWS.find((view) => view.name === name)?.select).toMatch(/WHERE n > 0/);
    }
  });

  test(`${RENDERED_VIEWS} is fresh (npm run render)`, async () => {
    const style = await resolveConfig(ROOT + RENDERED_VIEWS);
    const text = await format(renderDuckDbViews(VIEWS), { ...style, parser: 'typescript' });
    expect(readFileSync(ROOT + RENDERED_VIEWS, 'utf8')).toBe(text);
  });
});

describe('transpiling', () => {
  test('MAX_BY keeps a null of the latest row, which DuckDB calls ARG_MAX_NULL', () => {
    expect(transpileToDuckDb('SELECT MAX_BY(a, k) AS a FROM gold.t GROUP BY b')).toMatch(/ARG_MAX_NULL\(a, k\)/);
  });

  test('what does not parse is refused', () => {
    expect(() => transpileToDuckDb('SELECT FROM WHERE')).toThrow(/No DuckDB text/);
  });
});

describe('reading a view file', () => {
  const FILE = [
    '-- What it answers,',
    '-- in two lines.',
    '-- Grain: a row.',
    'CREATE MATERIALIZED VIEW IF NOT EXISTS gold.v',
    'PARTITION BY event_date',
    'CLUSTER BY a, b',
    'OPTIONS (enable_refresh = true, refresh_interval_minutes = 5) AS',
    'SELECT a -- why',
    '-- more why',
    'FROM gold.t;',
    '',
  ].join('\n');

  test('gives its parts, the query without comments of their own line', () => {
    expect(parseView(FILE)).toEqual({
      name: 'gold.v',
      kind: 'materialized',
      description: 'What it answers, in two lines.',
      grain: 'a row.',
      partitionBy: 'event_date',
      clusterBy: ['a', 'b'],
      options: { enable_refresh: 'true', refresh_interval_minutes: '5' },
      select: 'SELECT a -- why\nFROM gold.t',
    });
  });

  test.each([
    ['no grain', FILE.replace('-- Grain: a row.\n', '')],
    ['no statement', '-- x\n-- Grain: y.\n'],
    ['another statement', FILE.replace('CREATE MATERIALIZED VIEW IF NOT EXISTS', 'MERGE')],
    ['no final semicolon', FILE.replace(';', '')],
  ])('a file with %s is refused', (_, text) => {
    expect(() => parseView(text)).toThrow(/A view is/);
  });
});

describe('the lint of materialized views', () => {
  const good: ViewDefinition = {
    name: 'gold.v',
    kind: 'materialized',
    description: 'd.',
    grain: 'g.',
    partitionBy: 'event_date',
    clusterBy: ['patient_id'],
    options: { enable_refresh: 'true' },
    select: `SELECT event_date, patient_id, vital, MAX_BY(n, order_key) AS n FROM gold.vitals_hourly
      GROUP BY event_date, patient_id, vital`,
  };
  const lint = (change: Partial<ViewDefinition>) => lintView({ ...good, ...change }, TABLES, ['gold.v', 'gold.other']);
  const select = (outputs: string, rest = 'FROM gold.vitals_hourly GROUP BY event_date, patient_id') => ({
    select: `SELECT event_date, patient_id, ${outputs} ${rest}`,
  });

  test('passes a right one', () => {
    expect(lint({})).toEqual([]);
  });

  test.each<[string, Partial<ViewDefinition>, RegExp]>([
    ['an aggregate that is not incremental', select('STDDEV(n) AS s'), /STDDEV is not an aggregate/],
    ['an aggregate inside an expression', select('SUM(n) / COUNT(*) AS s'), /bare/],
    ['DISTINCT', select('COUNT(DISTINCT ward) AS w'), /DISTINCT in COUNT/],
    ['a sum over panes', select('SUM(n) AS n'), /replaced/],
    ['MAX_BY of another order', select('MAX_BY(n, batch) AS n'), /order_key only/],
    ['a window function', select('ROW_NUMBER() OVER (ORDER BY patient_id) AS r'), /window function/],
    ['HAVING', { select: `${good.select} HAVING MAX(n) > 1` }, /HAVING/],
    ['QUALIFY', { select: `${good.select} QUALIFY ROW_NUMBER() OVER (ORDER BY patient_id) = 1` }, /QUALIFY/],
    ['ORDER BY', { select: `${good.select} ORDER BY patient_id` }, /ORDER_BY/],
    ['LIMIT', { select: `${good.select} LIMIT 5` }, /LIMIT/],
    ['WITH', { select: `WITH x AS (SELECT 1) ${good.select}` }, /WITH/],
    ['DISTINCT rows', { select: good.select.replace('SELECT', 'SELECT DISTINCT') }, /DISTINCT is not incremental/],
    ['a union', { select: `${good.select} UNION ALL ${good.select}` }, /set operation/],
    [
      'a nested query',
      select('MAX(n) AS n', 'FROM (SELECT * FROM gold.vitals_hourly) GROUP BY event_date, patient_id'),
      /one table/,
    ],
    [
      'a join',
      select(
        'MAX(n) AS n',
        'FROM gold.vitals_hourly JOIN gold.alerts USING (event_date) GROUP BY event_date, patient_id',
      ),
      /one table|JOINS/,
    ],
    ['a view on a view', { select: good.select.replace('vitals_hourly', 'other') }, /one table/],
    ['no grouping', { select: 'SELECT MAX(n) AS n FROM gold.vitals_hourly' }, /no GROUP BY/],
    ['a column that is neither grouped nor aggregated', select('ward'), /ward is neither/],
    ['a column that the table has not', select('MAX(nothing) AS n'), /no column nothing/],
    [
      'a table that is not there',
      { select: good.select.replace('vitals_hourly', 'nowhere') },
      /gold\.nowhere, which does not exist/,
    ],
    ['another partition than its table', { partitionBy: 'vital' }, /partitions by vital, its table by event_date/],
    ['no partition', { partitionBy: null }, /partitions by null/],
    ['clustering by what is not grouped', { clusterBy: ['ward'] }, /ward, which is not grouped/],
    ['staleness', { options: { enable_refresh: 'true', max_staleness: 'INTERVAL 4 HOUR' } }, /max_staleness/],
    ['no refresh', { options: {} }, /enable_refresh/],
    [
      'today',
      select(
        'MAX(n) AS n',
        'FROM gold.vitals_hourly WHERE event_date > CURRENT_DATE() GROUP BY event_date, patient_id',
      ),
      /CURRENT_DATE depends/,
    ],
  ])('finds %s', (_, change, problem) => {
    expect(lint(change).join('; ')).toMatch(problem);
  });

  test.each<[string, string, RegExp]>([
    ['ARRAY_AGG with LIMIT', 'SELECT ARRAY_AGG(n ORDER BY n LIMIT 1) FROM gold.vitals_hourly', /use MAX_BY/],
    ['IGNORE NULLS', 'SELECT ARRAY_AGG(n IGNORE NULLS) FROM gold.vitals_hourly', /IGNORE NULLS/],
    ['a named window', 'SELECT SUM(n) OVER w FROM gold.vitals_hourly WINDOW w AS (ORDER BY n)', /named WINDOW/],
    [
      'TIMESTAMP_DIFF',
      'SELECT TIMESTAMP_DIFF(window_start, last_event_time, SECOND) FROM gold.vitals_hourly',
      /UNIX_MILLIS/,
    ],
  ])('finds what the two engines answer differently: %s', (_, text, problem) => {
    expect(lint({ kind: 'logical', select: text }).join('; ')).toMatch(problem);
  });
});
