import uPlot from 'uplot';
import { colour, onTheme } from '../dom/theme.js';
import type { ChartGroup } from './group.js';
import { timeAxis, valueAxis } from './axes.js';

export interface TimeChartOptions {
  readonly group: ChartGroup;
  /** Height of the whole, in rem: it grows with the type on a wall screen. */
  readonly height: number;
  readonly series: readonly uPlot.Series[];
  readonly bands?: readonly uPlot.Band[];
  readonly range: (self: uPlot, low: number | null, high: number | null) => [number, number];
  /** Words for the value axis. */
  readonly ticks: (value: number) => string;
  /** Where the value axis has words, when not at round numbers: lanes. */
  readonly lanes?: readonly number[];
  readonly plugins?: readonly uPlot.Plugin[];
  /** Index under the pointer in any chart of the group; null when it has left. */
  readonly cursor?: (index: number | null) => void;
}

/** One chart over time; what is zoomed and pointed at is shared by its group. */
export interface TimeChart {
  readonly plot: uPlot;
  data(data: uPlot.AlignedData): void;
  destroy(): void;
}

/** Draws a chart into `parent`, as wide as that is. */
export function timeChart(parent: HTMLElement, options: TimeChartOptions): TimeChart {
  const plot = new uPlot(plotOptions(parent, options), [[]], parent);
  options.group.add(plot);
  const sizes = new ResizeObserver(() => {
    const width = Math.floor(parent.clientWidth);
    if (width > 0 && width !== plot.width) plot.setSize({ width, height: plot.height });
  });
  sizes.observe(parent);
  const themes = onTheme(() => plot.redraw(false));
  return {
    plot,
    data: (data) => {
      plot.setData(data, false);
      options.group.apply(plot);
    },
    destroy: () => {
      themes();
      sizes.disconnect();
      options.group.remove(plot);
      plot.destroy();
    },
  };
}

function plotOptions(parent: HTMLElement, options: TimeChartOptions): uPlot.Options {
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
  return {
    width: Math.max(200, Math.floor(parent.clientWidth)),
    height: Math.round(options.height * rem),
    ms: 1,
    legend: { show: false },
    padding: [rem * 0.5, rem * 1.4, 0, 0],
    scales: { x: { time: true, auto: false }, y: { range: options.range } },
    axes: [timeAxis(rem), valueAxis(rem, options.ticks, options.lanes)],
    series: [{}, ...options.series],
    bands: [...(options.bands ?? [])],
    plugins: [...(options.plugins ?? [])],
    cursor: options.group.cursor,
    hooks: {
      setSelect: [(self) => options.group.selected(self)],
      setCursor: [(self) => options.cursor?.(self.cursor.idx ?? null)],
    },
  };
}

/** A line in a colour of the page, read at each drawing, so that it follows light and dark. */
export function line(token: string, properties: Partial<uPlot.Series> = {}): uPlot.Series {
  return { stroke: () => colour(token), width: 1.75, points: { show: false }, spanGaps: false, ...properties };
}
