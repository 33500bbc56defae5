import { Panel } from '../../simulator/realism/plots/panel.js';
import { INK, label, svgDocument } from '../../simulator/realism/plots/svg.js';
import type { Comparison } from './compare-detectors.js';

const SIZE = { width: 640, height: 360 } as const;
const TOP = 56;
const LEGEND = 150;

/** One a detector, told apart without colour by the words of the legend; the random one is grey. */
const COLOURS = ['#0b61a4', '#b3400b', '#1a7f37', '#8250df', '#9a6700', '#57606a'];

/** Events found by false alarms on other quiet patients: up and to the left is better. */
export function sensitivityPlot(comparisons: readonly Comparison[]): string {
  const most = Math.max(0.5, ...comparisons.flatMap(({ settings }) => settings.map(({ measured }) => measured ?? 0)));
  const panel = new Panel({ x: 0, y: TOP, width: SIZE.width, height: SIZE.height }, { x: [0, most], y: [0, 1] });
  const lines = comparisons.map(({ settings }, i) => {
    const points = settings.flatMap(({ measured, sensitivity }) =>
      measured === null || sensitivity === null ? [] : [[measured, sensitivity] as const],
    );
    return points.length === 0 ? '' : panel.line(points, colourOf(i)) + dots(panel, points, colourOf(i));
  });
  return document(
    'Events found by false alarms',
    'Each point is a false-alarm setting; up and to the left is better.',
    panel.frame(
      'share of events found',
      'false alarms per patient-day, on quiet patients not used for calibration',
      1,
    ) +
      lines.join('') +
      legend(comparisons),
  );
}

/** Alarms per patient-day that were asked for, and that were measured: on the line is what the setting promises. */
export function calibrationPlot(comparisons: readonly Comparison[]): string {
  const most = Math.max(...comparisons.flatMap(({ settings }) => settings.flatMap((s) => [s.target, s.measured ?? 0])));
  const panel = new Panel({ x: 0, y: TOP, width: SIZE.width, height: SIZE.height }, { x: [0, most], y: [0, most] });
  const points = comparisons.map(({ settings }, i) =>
    dots(
      panel,
      settings.flatMap(({ target, measured }) => (measured === null ? [] : [[target, measured] as const])),
      colourOf(i),
    ),
  );
  return document(
    'False alarms: asked for and measured',
    'On or below the line keeps the promise.',
    panel.frame('measured', 'asked for, per patient-day', 1) +
      panel.line(
        [
          [0, 0],
          [most, most],
        ],
        INK.grid,
      ) +
      points.join('') +
      legend(comparisons),
  );
}

function dots(panel: Panel, points: readonly (readonly [number, number])[], colour: string): string {
  return points.map(([x, y]) => panel.target(x, y, y, y, colour)).join('');
}

function legend(comparisons: readonly Comparison[]): string {
  return comparisons
    .map(({ detector }, i) => {
      const y = TOP + 30 + 20 * i;
      return (
        `<circle cx="${SIZE.width + 14}" cy="${y - 4}" r="4" fill="${colourOf(i)}"/>\n` +
        label(SIZE.width + 26, y, detector.name)
      );
    })
    .join('');
}

function colourOf(place: number): string {
  return COLOURS[place % COLOURS.length] as string;
}

function document(title: string, description: string, body: string): string {
  return svgDocument(SIZE.width + LEGEND, TOP + SIZE.height, title, description, body);
}
