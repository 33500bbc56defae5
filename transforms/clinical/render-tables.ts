import { paediatricRange, paediatricSystolicLimit } from './paediatric.js';
import {
  BLOOD_PRESSURE_CATEGORIES,
  BLOOD_PRESSURE_CHART,
  CARRY_FORWARD_SECONDS,
  GLUCOSE_CATEGORIES,
  HEART_RATE_CATEGORIES,
  MEWS_CHART,
  MEWS_CONSCIOUSNESS_POINTS,
  MEWS_TRIGGER,
  NEWS2_CHART,
  NEWS2_CONSCIOUSNESS_POINTS,
  NEWS2_OXYGEN_POINTS,
  NEWS2_RISK,
  PAEDIATRIC_RANGES,
  QSOFA_CHART,
  QSOFA_CONSCIOUSNESS_POINTS,
  QSOFA_POSITIVE,
  SIRS_CHART,
  SIRS_POSITIVE,
  SPO2_CATEGORIES,
  TEMPERATURE_CATEGORIES,
  type Chart,
} from './thresholds.js';

type Line = readonly [name: string, bands: string];

/** Every table of docs/scores.md, by the name that its place is marked with. */
const TABLES: Readonly<Record<string, () => string>> = {
  news2: () =>
    scoreTable([
      ...chartLines(NEWS2_CHART),
      ['supplemental_oxygen', `air: 0, oxygen: ${NEWS2_OXYGEN_POINTS}`],
      ['consciousness', states(NEWS2_CONSCIOUSNESS_POINTS)],
    ]),
  'news2-risk': () => table(['aggregate', 'risk'], [['NEWS2', chartText(NEWS2_RISK)]]),
  'carry-forward': () =>
    table(
      ['parameter', 'counts for'],
      Object.entries(CARRY_FORWARD_SECONDS).map(([name, seconds]) => [name, `${seconds / 3600} h`]),
    ),
  'blood-pressure': () =>
    table(
      ['pressure', 'category'],
      Object.entries(BLOOD_PRESSURE_CHART).map(([name, chart]) => [
        name,
        chartText({ ...chart, bands: chart.bands.map((b) => ({ ...b, is: BLOOD_PRESSURE_CATEGORIES[b.is] })) }),
      ]),
    ),
  qsofa: () =>
    scoreTable([
      ...chartLines(QSOFA_CHART),
      ['consciousness', states(QSOFA_CONSCIOUSNESS_POINTS)],
      ['positive', `${QSOFA_POSITIVE} or more`],
    ]),
  sirs: () => scoreTable([...chartLines(SIRS_CHART), ['present', `${SIRS_POSITIVE} or more`]]),
  mews: () =>
    scoreTable([
      ...chartLines(MEWS_CHART),
      ['consciousness', states(MEWS_CONSCIOUSNESS_POINTS)],
      ['trigger', `${MEWS_TRIGGER} or more`],
    ]),
  categories: () =>
    table(
      ['column', 'category'],
      [
        ['heart_rate_category', chartText(HEART_RATE_CATEGORIES)],
        ['spo2_category', chartText(SPO2_CATEGORIES)],
        ['temperature_category', chartText(TEMPERATURE_CATEGORIES)],
        ['glucose_category', chartText(GLUCOSE_CATEGORIES)],
      ],
    ),
  paediatric: paediatricTable,
};

const PLACE = /(<!-- rendered: ([\w-]+) -->)[\s\S]*?(<!-- end -->)/g;

/**
 * A page with its tables of thresholds written anew between `<!-- rendered: name -->` and `<!-- end -->`
 * (`npm run render`); the rest stays. Unformatted: the caller formats it like all pages.
 * @throws RangeError when the page names a table that is not here
 */
export function renderScoreTables(page: string): string {
  return page.replaceAll(PLACE, (_, begin: string, name: string, end: string) => {
    const render = TABLES[name];
    if (render === undefined) throw new RangeError(`No table ${name}; there are ${Object.keys(TABLES).join(', ')}`);
    return `${begin}\n\n${render()}\n\n${end}`;
  });
}

/** The names of all tables: a test holds that the page shows each. */
export const SCORE_TABLES: readonly string[] = Object.keys(TABLES);

function scoreTable(lines: readonly Line[]): string {
  return table(['parameter', 'value: points'], lines);
}

function table(head: Line, lines: readonly Line[]): string {
  return [head, ['-', '-'], ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function chartLines(charts: Readonly<Record<string, Chart<number>>>): Line[] {
  return Object.entries(charts).map(([name, chart]) => [name, chartText(chart)]);
}

/** `≤ 8: 3, 9–11: 1, …, ≥ 25: 3`. */
function chartText<T>({ digits, bands }: Chart<T>): string {
  const texts = bands.map(({ upTo, is }, index) => {
    const before = bands[index - 1];
    const from = before === undefined ? null : (before.upTo + 10 ** -digits).toFixed(digits);
    return `${rangeText(from, Number.isFinite(upTo) ? upTo.toFixed(digits) : null)}: ${String(is)}`;
  });
  return texts.join(', ');
}

function rangeText(from: string | null, to: string | null): string {
  if (from === null) return `≤ ${to}`;
  if (to === null) return `≥ ${from}`;
  return from === to ? from : `${from}–${to}`;
}

function states(points: Readonly<Record<string, number>>): string {
  return Object.entries(points)
    .map(([state, score]) => `${state}: ${score}`)
    .join(', ');
}

function paediatricTable(): string {
  const lines = PAEDIATRIC_RANGES.map(({ upToYears }, index): Line => {
    const from = (PAEDIATRIC_RANGES[index - 1]?.upToYears ?? -1) + 1;
    const rate = (vital: 'heart_rate' | 'respiratory_rate'): string => paediatricRange(vital, upToYears).join('–');
    const [first, last] = [paediatricSystolicLimit(from), paediatricSystolicLimit(upToYears)];
    const limit = first === last ? `${first}` : `${first}–${last}, by year`;
    return [
      rangeText(String(from), String(upToYears)),
      `${rate('heart_rate')} | ${rate('respiratory_rate')} | ${limit}`,
    ];
  });
  const head: Line = ['years', 'heart rate | respiratory rate | least systolic pressure'];
  return [head, ['-', '- | - | -'], ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
