import { billOf } from './cost.js';
import { LIST_PRICES, type Prices } from './prices.js';
import { dollars } from './render.js';
import { cheapestOf, savingsOf } from './savings.js';
import { ratesOf } from './rates.js';
import { DAY_SECONDS, MONTH_SECONDS, PARTS, TIB } from './usage-line.js';
import { ENVIRONMENT_DEFAULTS, type DeployEngine, type Workload } from './workload.js';

/** The hospitals that docs/costs.md has tables of. */
export const HOSPITALS = [
  { title: '500 beds at 1 Hz', patients: 500 },
  { title: '2,800 patients at 1/s', patients: 2_800 },
] as const;

/** A hospital in production, as terraform/envs/prod has it. */
export function hospital(patients: number, engine: DeployEngine): Workload {
  return { ...ENVIRONMENT_DEFAULTS.prod, environment: 'prod', engine, patients, intervalSeconds: 1 };
}

/** The tables of docs/costs.md, as Markdown, by the names that stand around them there. */
export function docsTables(): Readonly<Record<string, string>> {
  return { parts: partsTable(), savings: savingsTable(), unbounded: unboundedTable(), prices: pricesTable() };
}

function partsTable(): string {
  const columns = HOSPITALS.flatMap(({ title, patients }) =>
    (['direct', 'dataflow'] as const).map((engine) => ({
      title: `${title}, ${engine}`,
      load: hospital(patients, engine),
    })),
  );
  const bills = columns.map(({ load }) => billOf(load, LIST_PRICES));
  const cheapest = columns.map(({ load }) => billOf(cheapestOf(load, LIST_PRICES), LIST_PRICES));
  const rows = PARTS.map((part, at) => [part, ...bills.map(({ parts }) => dollars(parts[at]!.usd))]);
  return markdown([
    ['US dollars a month', ...columns.map(({ title }) => title)],
    ...rows,
    ['**All**', ...bills.map(({ usd }) => `**${dollars(usd)}**`)],
    ['all cheaper settings, direct', ...cheapest.map(({ usd }) => dollars(usd))],
  ]);
}

function savingsTable(): string {
  const found = HOSPITALS.map(({ patients }) => savingsOf(hospital(patients, 'direct'), LIST_PRICES));
  const settings = new Map(found.flat().map(({ setting, price }) => [setting, price]));
  const rows = [...settings].map(([setting, price]) => [
    `\`${setting}\``,
    ...found.map((savings) => {
      const saving = savings.find((one) => one.setting === setting);
      return saving === undefined ? '' : dollars(saving.usd);
    }),
    price,
  ]);
  return markdown([['less a month, by itself', ...HOSPITALS.map(({ title }) => title), 'what one gives up'], ...rows]);
}

/** A chart without a date over a view of the latest: rows a day of 2,800 patients, and bytes of a row. */
function unboundedTable(): string {
  const load = hospital(HOSPITALS[1].patients, 'direct');
  const perDay = { minutes: load.patients * 1_440, alerts: ratesOf(load).rows.alert * DAY_SECONDS };
  const views = [
    { view: 'gold.patient_latest_risk', rows: perDay.minutes, bytes: UNBOUNDED_BYTES.risk },
    { view: 'gold.current_alerts', rows: perDay.alerts, bytes: UNBOUNDED_BYTES.alert },
  ];
  const rows = views.map(({ view, rows: count, bytes }) => {
    const tib = (count * bytes * load.afterDays) / TIB;
    const usd = tib * LIST_PRICES.bigquery_query_tib.usd;
    const month = (usd * MONTH_SECONDS) / (60 * load.reportMinutes);
    return [`\`${view}\``, `${Math.round(tib * 1_024)} GiB`, dollars(usd), dollars(month)];
  });
  return markdown([['one chart, no date', 'reads', 'USD each time', 'USD a month, every 15 minutes'], ...rows]);
}

/** Columns of a table of the worst patients, and of a list of alerts. */
const UNBOUNDED_BYTES = { risk: 130, alert: 200 } as const;

function pricesTable(): string {
  const prices: Prices = LIST_PRICES;
  const rows = Object.entries(prices).map(([name, { usd, per, source, seen }]) => [
    `\`${name}\``,
    usd.toLocaleString('en-US', { maximumFractionDigits: 10 }),
    per,
    source,
    seen ?? '',
  ]);
  return markdown([['name', 'USD', 'for a', 'page', 'seen there'], ...rows]);
}

/** Lines as prettier leaves them: every column as wide as its widest cell. */
function markdown(rows: readonly (readonly string[])[]): string {
  const [head = [], ...body] = rows;
  const width = (column: number) => Math.max(3, ...rows.map((row) => (row[column] ?? '').length));
  const line = (row: readonly string[]) => `| ${head.map((_, at) => (row[at] ?? '').padEnd(width(at))).join(' | ')} |`;
  return [line(head), line(head.map((_, at) => '-'.repeat(width(at)))), ...body.map(line)].join('\n');
}
