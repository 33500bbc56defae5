import type uPlot from 'uplot';
import { colour } from '../dom/theme.js';

const font = (rem: number): string => `${Math.round(rem * 0.8)}px ${getComputedStyle(document.body).fontFamily}`;

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });

/** Times in the viewer's zone: clocks, and the day where one begins. */
export function timeAxis(rem: number): uPlot.Axis {
  return {
    ...common(rem),
    size: rem * 1.7,
    space: rem * 4.5,
    values: (_, splits) => splits.map((split) => (isMidnight(split) ? day.format(split) : clock.format(split))),
  };
}

/** Values, all with the same room, so that the times of all charts stand above each other; `at` for lanes. */
export function valueAxis(rem: number, words: (value: number) => string, at?: readonly number[]): uPlot.Axis {
  return {
    ...common(rem),
    size: rem * 3.9,
    space: rem * 1.9,
    values: (_, splits) => splits.map(words),
    ...(at ? { splits: [...at] } : {}),
  };
}

function common(rem: number): uPlot.Axis {
  return {
    font: font(rem),
    stroke: () => colour('ink-2'),
    grid: { stroke: () => colour('grid'), width: 1 },
    ticks: { stroke: () => colour('grid'), width: 1, size: rem * 0.25 },
    gap: rem * 0.3,
  };
}

function isMidnight(epochMs: number): boolean {
  const date = new Date(epochMs);
  return date.getHours() === 0 && date.getMinutes() === 0;
}
