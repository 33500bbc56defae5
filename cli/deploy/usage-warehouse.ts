import { TABLES } from '../../schema/index.js';
import type { Table } from '../../schema/column.js';
import { MEASURED } from './measured.js';
import { MOST_WARD_ROWS, type Rates } from './rates.js';
import { REPORT_CHARTS, type ChartSource } from './report-charts.js';
import { DAY_SECONDS, GIB, MONTH_SECONDS, monthly, TIB, type Usage } from './usage-line.js';
import type { Workload } from './workload.js';

/** Least bytes of a query that are billed. */
const LEAST_QUERY_BYTES = 10 * 2 ** 20;
/** Days after which BigQuery bills an unchanged partition at half the price. */
const LONG_TERM_DAYS = 90;
/** Hourly rows of the materialized view of trends, and minutes a day. */
const HOURS = 24;
const MINUTES = 1_440;

/**
 * Storage, streaming, and what is read: the refresh of the materialized views and the charts of the report. Load jobs are
 * free.
 *
 * @param goldBytes logical bytes that gold gets a second
 */
export function warehouseUsage(load: Workload, rates: Rates, goldBytes: number): readonly Usage[] {
  const row = MEASURED.logicalBytesPerRow;
  const silver = load.loaded === 'gold' ? 0 : rates.readings * row.silver;
  const bronze = load.loaded === 'bronze' ? rates.readings * row.bronze : 0;
  const active = Math.min(load.afterDays, LONG_TERM_DAYS);
  const kept = Math.min(active, expiryOf('bronze.patient_vitals'));
  const storage = ((goldBytes + silver) * active + bronze * kept) * DAY_SECONDS;
  const old = (goldBytes + silver) * (load.afterDays - active) * DAY_SECONDS;
  const part = 'BigQuery';
  return [
    { part, item: 'storage', price: 'bigquery_storage_gib', quantity: storage / GIB },
    { part, item: 'storage, long-term', price: 'bigquery_long_term_gib', quantity: old / GIB },
    { part, item: 'panes by Write API', price: 'bigquery_write_gib', quantity: monthly(goldBytes) / GIB },
    { part, item: 'refresh of views', price: 'bigquery_query_tib', quantity: monthly(goldBytes) / TIB },
    { part, item: 'charts of the report', price: 'bigquery_query_tib', quantity: chartBytes(load, rates) / TIB },
  ];
}

/** Bytes that the report reads in a month: each chart reads its columns of what today has so far, half a day on average. */
function chartBytes(load: Workload, rates: Rates): number {
  const rows: Readonly<Record<ChartSource, number>> = {
    minutes: load.patients * Math.min(MINUTES, DAY_SECONDS / load.intervalSeconds),
    hours: load.patients * MEASURED.vitalsPerPatient * HOURS,
    alerts: rates.rows.alert * DAY_SECONDS,
    wards: MOST_WARD_ROWS * HOURS,
  };
  const refreshes = MONTH_SECONDS / (60 * load.reportMinutes);
  const once = REPORT_CHARTS.reduce(
    (sum, { source, bytesPerRow, days }) =>
      sum + Math.max(LEAST_QUERY_BYTES, rows[source] * bytesPerRow * (days - 0.5)),
    0,
  );
  return refreshes * once;
}

function expiryOf(table: string): number {
  const found = (TABLES as readonly Table[]).find(({ tier, name }) => `${tier}.${name}` === table);
  return found?.warehouse?.partitionExpirationDays ?? Infinity;
}
