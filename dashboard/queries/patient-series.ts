import type { PatientAnswer, VitalSeries } from '../api.js';
import type { QueryRow } from '../../query/database.js';
import { VITALS, VITAL_NAMES } from '../../schema/vitals.js';
import type { NORMAL_BANDS } from './normal-bands.js';
import type { Question } from './question.js';
import { HOUR, MINUTE } from './times.js';

type Series = Pick<PatientAnswer, 'resolution_seconds' | 'time_ms' | 'vitals' | 'news2'> & {
  readonly anomaly: Omit<PatientAnswer['anomaly'], 'threshold'>;
};
type Values = (number | null)[];

/** Steps, and the longest range that is drawn with each. */
const STEPS: readonly (readonly [range: number, step: number])[] = [
  [24 * HOUR, MINUTE],
  [4 * 24 * HOUR, 5 * MINUTE],
  [12 * 24 * HOUR, 15 * MINUTE],
];

const SQL = `SELECT epoch_ms(window_start) AS at, news2_low, news2_high, anomaly_score, anomaly_top,
    ${VITAL_NAMES.flatMap((name) => ['min', 'max', 'last'].map((what) => `${name}_${what}`)).join(', ')}
  FROM (FROM gold.patient_summary WHERE patient_id = $1
    QUALIFY row_number() OVER (PARTITION BY window_start ORDER BY order_key DESC) = 1)
  WHERE n > 0 ORDER BY window_start`;

/** The newest pane of each minute of a patient, drawn together into steps; a step without a reading is null. */
export async function patientSeries(
  question: Question,
  id: string,
  range: { readonly from: number; readonly to: number },
  normal: typeof NORMAL_BANDS,
): Promise<Series> {
  const rows = await question.store.ask(question.moment, SQL, [id], { 'gold.patient_summary': range });
  const step = STEPS.find(([longest]) => range.to - range.from <= longest)?.[1] ?? HOUR;
  const start = Math.floor(range.from / step) * step;
  const steps = Math.ceil((range.to - start) / step);
  const grid = new Grid(rows, start, step, steps);
  return {
    resolution_seconds: step / 1000,
    time_ms: Array.from({ length: steps }, (_, index) => start + index * step),
    vitals: VITALS.map(({ name, unit }): VitalSeries => ({
      vital: name,
      unit,
      normal: normal[name],
      min: grid.fold(`${name}_min`, Math.min),
      max: grid.fold(`${name}_max`, Math.max),
      last: grid.fold(`${name}_last`, (_, later) => later),
    })),
    ...worstOf(grid, steps),
  };
}

/** The worst of each step: NEWS2 as its minutes keep it (greatest low, then greatest high), and the highest anomaly score. */
function worstOf(grid: Grid, steps: number): Pick<Series, 'news2' | 'anomaly'> {
  const empty = () => Array<null>(steps).fill(null);
  const news2: { low: Values; high: Values } = { low: empty(), high: empty() };
  const anomaly: { score: Values; contributions: (Readonly<Record<string, number>> | null)[] } = {
    score: empty(),
    contributions: empty(),
  };
  grid.each((step, row) => {
    const [low, high, score] = [row['news2_low'], row['news2_high'], row['anomaly_score']];
    if (isNumber(low) && isNumber(high) && isWorse(low, high, news2.low[step] ?? -1, news2.high[step] ?? -1)) {
      [news2.low[step], news2.high[step]] = [low, high];
    }
    if (isNumber(score) && score > (anomaly.score[step] ?? -1)) {
      anomaly.score[step] = score;
      anomaly.contributions[step] = contributionsOf(row['anomaly_top']);
    }
  });
  return { news2, anomaly };
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}

function isWorse(low: number, high: number, otherLow: number, otherHigh: number): boolean {
  return low > otherLow || (low === otherLow && high > otherHigh);
}

function contributionsOf(top: unknown): Readonly<Record<string, number>> | null {
  return typeof top === 'string' ? (JSON.parse(top) as Record<string, number>) : null;
}

/** Minutes of a patient laid onto steps of equal length. */
class Grid {
  constructor(
    private readonly rows: readonly QueryRow[],
    private readonly start: number,
    private readonly step: number,
    private readonly steps: number,
  ) {}

  each(take: (step: number, row: QueryRow) => void): void {
    for (const row of this.rows) {
      const step = Math.floor(((row['at'] as number) - this.start) / this.step);
      if (step >= 0 && step < this.steps) take(step, row);
    }
  }

  fold(column: string, merge: (before: number, later: number) => number): Values {
    const values: Values = Array<null>(this.steps).fill(null);
    this.each((step, row) => {
      const value = row[column] as number | null;
      if (value === null) return;
      const before = values[step] ?? null;
      values[step] = before === null ? value : merge(before, value);
    });
    return values;
  }
}
