import uPlot from 'uplot';
import type { PipelineAnswer } from '../../api.js';
import { chartFigure, type ChartTable } from '../charts/figure.js';
import { chartGroup } from '../charts/group.js';
import { line, timeChart, type TimeChart } from '../charts/time-chart.js';
import { loneDots } from '../charts/overlays.js';
import { h, text } from '../dom/element.js';
import { colour } from '../dom/theme.js';
import { compactText, numberText } from '../logic/format.js';
import { durationText, epoch, secondsBetween, timeText } from '../logic/times.js';
import type { PipelinePart } from './part.js';

const MINUTE = 60_000;
const HEIGHT_REM = 11;
/** The least that is shown, so that the first minute does not fill the screen. */
const LEAST_MS = 20 * MINUTE;

/** Throughput and lag, minute by minute, and how far the watermark is behind. */
export function flow(): PipelinePart {
  let answer: PipelineAnswer | null = null;
  const rows = (): ChartTable => tableOf(answer);
  const received = chartFigure('Throughput', 'h2', rows);
  const lag = chartFigure('Commit lag', 'h2', rows);
  const group = chartGroup('pipeline', { from: Date.now() - LEAST_MS, to: Date.now() }, () => undefined);
  const watermark = h('p', { class: 'facts' });
  let charts: readonly TimeChart[] = [];
  const make = (): readonly TimeChart[] => [
    timeChart(received.canvas, {
      group,
      height: HEIGHT_REM,
      series: [
        line('accent', {
          paths: uPlot.paths.bars!({ size: [0.8, 60], align: 1 }),
          fill: () => colour('accent'),
          width: 0,
        }),
      ],
      range: (_, __, high) => [0, Math.max(1, (high ?? 1) * 1.1)],
      ticks: (value) => compactText(Math.round(value)),
    }),
    timeChart(lag.canvas, {
      group,
      height: HEIGHT_REM,
      series: [line('score', { points: loneDots('score') })],
      range: (_, __, high) => [0, Math.max(2, (high ?? 1) * 1.15)],
      ticks: (value) => `${numberText(value, value < 10 && !Number.isInteger(value) ? 1 : 0)} s`,
    }),
  ];
  return {
    element: h(
      'section',
      { class: 'flow', 'aria-label': 'Throughput and lag' },
      received.element,
      lag.element,
      watermark,
    ),
    show: (next) => {
      answer = next;
      if (charts.length === 0) charts = make();
      const times = next.minutes.map(({ minute }) => epoch(minute) ?? 0);
      group.show(rangeOf(next, times));
      charts[0]!.data([times, next.minutes.map((each) => each.received)]);
      charts[1]!.data([times, next.minutes.map((each) => each.lag_seconds)] as never);
      received.readout(`${numberText(rate(next), 0)} items/s`);
      lag.readout(durationText(next.minutes.findLast((each) => each.lag_seconds !== null)?.lag_seconds ?? null));
      received.describe(`${numberText(rate(next), 0)} items a second in the last full minute.`);
      lag.describe('Seconds from the newest event of a commit to the commit, the slowest of each minute.');
      for (const figure of [received, lag]) figure.changed();
      text(
        watermark,
        `Watermark ${timeText(next.watermark)}, ${durationText(secondsBetween(next.watermark, next.time))} behind; newest event ${timeText(next.latest_event)}.`,
      );
    },
    destroy: () => charts.forEach((chart) => chart.destroy()),
  };
}

/** From the first minute that received something to the end of the last. */
function rangeOf({ minutes, time }: PipelineAnswer, times: readonly number[]): { from: number; to: number } {
  const to = Math.max((times.at(-1) ?? 0) + MINUTE, epoch(time) ?? 0);
  const first = times[minutes.findIndex((each) => each.received > 0)] ?? to;
  return { from: Math.min(first, to - LEAST_MS), to };
}

/** Items a second over the last minute that has ended, or what there is of the first. */
function rate({ minutes, time }: PipelineAnswer): number | null {
  const now = epoch(time) ?? 0;
  const ended = minutes.findLast((each) => (epoch(each.minute) ?? 0) + MINUTE <= now);
  if (ended && ended.received > 0) return ended.received / 60;
  const running = minutes.at(-1);
  if (!running) return null;
  return running.received / Math.max(1, Math.min(60, (now - (epoch(running.minute) ?? now)) / 1_000));
}

function tableOf(answer: PipelineAnswer | null): ChartTable {
  const rows = [...(answer?.minutes ?? [])]
    .reverse()
    .map(({ minute, received, lag_seconds }) => [
      timeText(minute, 'minute'),
      numberText(received),
      durationText(lag_seconds),
    ]);
  return {
    caption: 'By minute of commit, newest first',
    columns: ['Minute', 'Items received', 'Slowest commit'],
    rows,
  };
}
