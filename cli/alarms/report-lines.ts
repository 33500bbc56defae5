import type { BudgetReport, ReplaySize, Spread } from './budget-report.js';

type Row = readonly [label: string, cells: readonly string[]];

/** A replay as a table: a column a set of rules, rates beside their change against the first set. */
export function reportLines(size: ReplaySize, reports: readonly BudgetReport[]): string[] {
  const rows: Row[] = [
    ['', reports.map(({ rules }) => rules)],
    ['alarms per bed per day', compared(reports.map((report) => report.alarms_per_bed_day))],
    ...ratesBy(reports, 'by_severity', ['critical', 'urgent', 'warning']),
    ...ratesBy(reports, 'by_rule', rulesOf(reports)),
    ['duration, median', reports.map((report) => seconds(report.duration_seconds.median))],
    ['duration, 90 %', reports.map((report) => seconds(report.duration_seconds.p90))],
    ...truthRows(reports),
  ];
  const { patients, readings, bed_days } = size;
  const head = `${patients} patients, ${readings.toLocaleString('en-US')} readings, ${bed_days.toFixed(1)} bed-days`;
  return [head, '', ...aligned(rows)];
}

function truthRows(reports: readonly BudgetReport[]): Row[] {
  const truths = reports.flatMap(({ truth }) => (truth === null ? [] : [truth]));
  if (truths.length === 0) return [];
  const kinds = [...new Set(truths.flatMap((truth) => Object.keys(truth.by_kind)))].sort();
  return [
    ['episodes detected', truths.map(({ detected, episodes }) => ofAll(detected, episodes))],
    ['  of that by chance', truths.map((truth) => percent(truth.sensitivity_by_chance))],
    ...kinds.map((kind): Row => [`  ${kind}`, truths.map((truth) => ofKind(truth.by_kind[kind]))]),
    ['delay from onset, median', truths.map(({ delay_seconds }) => seconds(delay_seconds.median))],
    ['delay from onset, quartiles', truths.map(({ delay_seconds }) => quartiles(delay_seconds))],
    ['false alarms per bed per day', compared(truths.map((truth) => truth.false_alarms_per_bed_day))],
    ['alarms during artefacts', truths.map((truth) => String(sum(Object.values(truth.alarms_during_artefacts))))],
  ];
}

function ratesBy(reports: readonly BudgetReport[], key: 'by_severity' | 'by_rule', names: readonly string[]): Row[] {
  return names
    .filter((name) => reports.some((report) => report[key][name] !== undefined))
    .map((name): Row => [`  ${name}`, compared(reports.map((report) => report[key][name] ?? 0))]);
}

/** Rules of all sets, the most frequent of the first set first. */
function rulesOf(reports: readonly BudgetReport[]): string[] {
  const names = [...new Set(reports.flatMap((report) => Object.keys(report.by_rule)))];
  const rate = (name: string): number => reports[0]?.by_rule[name] ?? 0;
  return names.sort((a, b) => rate(b) - rate(a) || (a < b ? -1 : 1));
}

function compared(rates: readonly (number | null)[]): string[] {
  const first = rates[0] ?? null;
  return rates.map((rate, index) => {
    if (rate === null) return '-';
    if (index === 0 || first === null || first === 0) return rate.toFixed(2);
    const change = Math.round((rate / first - 1) * 100);
    return `${rate.toFixed(2)} (${change > 0 ? '+' : ''}${change} %)`;
  });
}

function ofKind(kind: { readonly episodes: number; readonly detected: number } | undefined): string {
  return kind === undefined ? '-' : ofAll(kind.detected, kind.episodes);
}

function ofAll(detected: number, all: number): string {
  return all === 0 ? '-' : `${detected} of ${all} (${Math.round((100 * detected) / all)} %)`;
}

function percent(share: number | null): string {
  return share === null ? '-' : `${Math.round(100 * share)} %`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function quartiles({ quartile_1, quartile_3 }: Spread): string {
  return quartile_1 === null ? '-' : `${seconds(quartile_1)} to ${seconds(quartile_3)}`;
}

function seconds(value: number | null): string {
  if (value === null) return '-';
  if (value < 120) return `${Math.round(value)} s`;
  return value < 7200 ? `${(value / 60).toFixed(1)} min` : `${(value / 3600).toFixed(1)} h`;
}

function aligned(rows: readonly Row[]): string[] {
  const table = rows.map(([label, cells]) => [label, ...cells]);
  const widths = (table[0] ?? []).map((_, column) => Math.max(...table.map((cells) => (cells[column] ?? '').length)));
  return table.map((cells) =>
    cells
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('   ')
      .trimEnd(),
  );
}
