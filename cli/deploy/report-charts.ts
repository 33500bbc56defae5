/** Rows that a chart reads: patient-minutes, patient-vital-hours, alerts, or counts by ward and hour. */
export type ChartSource = 'minutes' | 'hours' | 'alerts' | 'wards';

/** One chart of the report, as far as it costs. */
export interface ReportChart {
  /** File below docs/looker, without its ending. */
  readonly file: string;
  readonly source: ChartSource;
  /** Logical bytes of the columns that it reads, a row: 8 a number or time, 2 + length a text. */
  readonly bytesPerRow: number;
  /** Days that it reads, the last of which is half over on average. */
  readonly days: number;
}

const chart = (file: string, source: ChartSource, bytesPerRow: number, days: number): ReportChart => ({
  file,
  source,
  bytesPerRow,
  days,
});

/**
 * The report of docs/looker-studio.md as it opens: a day for what names no days, seven for trends. The pages of one patient
 * read the rows of a cluster, counted here as a day's (BigQuery prunes by cluster at best to whole blocks).
 */
export const REPORT_CHARTS: readonly ReportChart[] = [
  chart('hospital/1-patients-now', 'minutes', 60, 2),
  chart('hospital/2-worst-patients', 'minutes', 130, 2),
  chart('hospital/3-hourly-averages', 'hours', 52, 7),
  chart('hospital/4-alerts-by-hour', 'wards', 44, 7),
  chart('patient/1-news2', 'minutes', 70, 1),
  chart('patient/2-vital-signs', 'minutes', 112, 1),
  chart('patient/3-hourly-range', 'hours', 92, 1),
  chart('patient/4-anomalies', 'minutes', 70, 1),
  chart('alerts/1-by-ward-and-hour', 'wards', 44, 7),
  chart('alerts/2-by-rule', 'wards', 58, 7),
  chart('alerts/3-latest', 'alerts', 200, 1),
  chart('alerts/4-patients-with-most', 'alerts', 110, 1),
  chart('pipeline/1-readings-per-minute', 'minutes', 32, 1),
  chart('pipeline/2-silent-patients', 'minutes', 56, 1),
  chart('pipeline/3-anomalies-by-ward', 'minutes', 40, 1),
  chart('pipeline/4-dead-letters', 'wards', 60, 7),
];
