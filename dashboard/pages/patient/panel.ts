import type uPlot from 'uplot';
import type { PatientAnswer } from '../../api.js';
import { chartFigure, type ChartFigure, type ChartTable } from '../charts/figure.js';
import type { ChartGroup } from '../charts/group.js';
import { timeChart, type TimeChartOptions } from '../charts/time-chart.js';
import { timeText } from '../logic/times.js';

/** One chart of the page of a patient: made with the first answer, then changed in place. */
export interface Panel {
  readonly element: HTMLElement;
  show(answer: PatientAnswer): void;
  destroy(): void;
}

/** What a kind of panel says about an answer. */
export interface PanelKind {
  readonly title: string;
  readonly chart: Omit<TimeChartOptions, 'group' | 'cursor'>;
  data(answer: PatientAnswer): uPlot.AlignedData;
  /** What stands beside the heading: the values of a step, or of now. */
  readout(answer: PatientAnswer, step: number): string;
  /** In one sentence, for those who do not see the chart. */
  describe(answer: PatientAnswer): string;
  /** Hidden while nothing was measured. */
  readonly optional?: boolean;
  readonly columns: readonly string[];
  row(answer: PatientAnswer, step: number): readonly string[];
  /** The pointer is at a step, or has left. */
  pointed?(answer: PatientAnswer, step: number | null): void;
}

/** More rows are not drawn: nobody reads them, and a screen reader would. */
const TABLE_ROWS = 300;

export function panel(group: ChartGroup, kind: PanelKind, extra?: HTMLElement): Panel {
  let now: PatientAnswer | null = null;
  let pointed: number | null = null;
  const figure: ChartFigure = chartFigure(kind.title, 'h2', () => (now ? tableOf(kind, now, group) : emptyTable(kind)));
  if (extra) figure.element.append(extra);
  let chart: ReturnType<typeof timeChart> | null = null;
  const say = (): void => {
    if (!now) return;
    const step = pointed ?? lastStep(kind, now);
    const at = pointed === null ? '' : `${timeText(now.time_ms[step] ?? null, 'minute')}  `;
    figure.readout(step < 0 ? '' : at + kind.readout(now, step));
    kind.pointed?.(now, pointed);
  };
  const cursor = (index: number | null): void => {
    if (index === pointed) return;
    pointed = index;
    say();
  };
  return {
    element: figure.element,
    show: (answer) => {
      now = answer;
      figure.element.hidden = kind.optional === true && lastStep(kind, answer) < 0;
      // Only now is the place in the page, with a width to draw in.
      chart ??= timeChart(figure.canvas, { ...kind.chart, group, cursor });
      if (pointed !== null && pointed >= answer.time_ms.length) pointed = null;
      chart.data(kind.data(answer));
      figure.describe(kind.describe(answer));
      figure.changed();
      say();
    },
    destroy: () => chart?.destroy(),
  };
}

/** The newest step that has a value; -1 without any. */
function lastStep(kind: PanelKind, answer: PatientAnswer): number {
  const [, ...series] = kind.data(answer) as (number | null)[][];
  for (let step = answer.time_ms.length - 1; step >= 0; step--) {
    if (series.some((values) => values[step] !== null && values[step] !== undefined)) return step;
  }
  return -1;
}

function tableOf(kind: PanelKind, answer: PatientAnswer, group: ChartGroup): ChartTable {
  const { from, to } = group.range;
  const steps = answer.time_ms.flatMap((time, step) => (time >= from && time <= to ? [step] : [])).reverse();
  const rows = steps
    .slice(0, TABLE_ROWS)
    .map((step) => [timeText(answer.time_ms[step] ?? null, 'minute'), ...kind.row(answer, step)]);
  const cut = steps.length > TABLE_ROWS ? `, the newest ${TABLE_ROWS} of ${steps.length} steps` : '';
  return { caption: `${kind.title}, newest first${cut}`, columns: ['Time', ...kind.columns], rows };
}

const emptyTable = (kind: PanelKind): ChartTable => ({
  caption: kind.title,
  columns: ['Time', ...kind.columns],
  rows: [],
});
