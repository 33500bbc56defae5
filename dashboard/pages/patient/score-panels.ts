import uPlot from 'uplot';
import type { PatientAnswer } from '../../api.js';
import { limitLine, loneDots } from '../charts/overlays.js';
import { line } from '../charts/time-chart.js';
import { colour } from '../dom/theme.js';
import { intervalText, numberText, wordsText } from '../logic/format.js';
import { HIGH_FROM, MEDIUM_FROM } from '../logic/risk.js';
import type { PanelKind } from './panel.js';

/** NEWS2 is as high as the anomaly score with its contributions, beside it. */
const NEWS2_REM = 18;
const ANOMALY_REM = 9;

/** NEWS2 as the interval that it is: a band from its least to its greatest possible value, a line where they are one. */
export function news2Panel(): PanelKind {
  const stepped = uPlot.paths.stepped!({ align: 1 });
  const bounds = (answer: PatientAnswer, step: number): string =>
    intervalText(answer.news2.low[step] ?? null, answer.news2.high[step] ?? null);
  return {
    title: 'NEWS2',
    chart: {
      height: NEWS2_REM,
      series: [
        line('score', { paths: stepped, width: 1.5, points: loneDots('score') }),
        line('score', { paths: stepped, width: 1.5, points: loneDots('score') }),
      ],
      bands: [{ series: [2, 1], fill: () => colour('score-veil') }],
      range: (_, __, high) => [0, Math.max(10, (high ?? 0) + 1)],
      ticks: (value) => numberText(value),
      plugins: [
        limitLine(() => HIGH_FROM, `high ≥ ${HIGH_FROM}`),
        limitLine(() => MEDIUM_FROM, `medium ≥ ${MEDIUM_FROM}`),
      ],
    },
    data: ({ time_ms, news2 }) => [time_ms, news2.low, news2.high] as never,
    readout: bounds,
    describe: (answer) => {
      const worst = Math.max(-1, ...answer.news2.high.map((value) => value ?? -1));
      if (worst < 0) return 'Nothing scored.';
      return `At most ${worst} in this range. Medium risk from ${MEDIUM_FROM}, high from ${HIGH_FROM}.`;
    },
    columns: ['Lowest possible', 'Highest possible'],
    row: ({ news2 }, step) => [numberText(news2.low[step]), numberText(news2.high[step])],
  };
}

/** The anomaly score with the threshold of the model; `pointed` shows what contributed at a step. */
export function anomalyPanel(pointed: (answer: PatientAnswer, step: number | null) => void): PanelKind {
  let threshold: number | null = null;
  return {
    title: 'Anomaly score',
    chart: {
      height: ANOMALY_REM,
      series: [line('anomaly', { points: loneDots('anomaly') })],
      range: (_, low, high) => [
        Math.min(low ?? 0.3, threshold ?? 1) - 0.05,
        Math.max(high ?? 0.7, threshold ?? 0) + 0.05,
      ],
      ticks: (value) => numberText(value, 2),
      plugins: [limitLine(() => threshold, 'anomaly above')],
    },
    data: ({ time_ms, anomaly }) => {
      threshold = anomaly.threshold;
      return [time_ms, anomaly.score] as never;
    },
    readout: ({ anomaly }, step) => {
      const score = anomaly.score[step] ?? null;
      const over = score !== null && anomaly.threshold !== null && score > anomaly.threshold;
      return `${numberText(score, 2)}${over ? ' anomaly' : ''}`;
    },
    describe: ({ anomaly }) => {
      const steps = anomaly.contributions.filter((each) => each !== null).length;
      return `${steps} steps with an anomaly. Threshold ${numberText(anomaly.threshold, 2)}.`;
    },
    columns: ['Score', 'Contributions'],
    row: ({ anomaly }, step) => [
      numberText(anomaly.score[step], 2),
      contributionText(anomaly.contributions[step] ?? null),
    ],
    pointed,
  };
}

function contributionText(contributions: Readonly<Record<string, number>> | null): string {
  if (contributions === null) return '';
  return Object.entries(contributions)
    .sort(([, a], [, b]) => b - a)
    .map(([vital, value]) => `${wordsText(vital)} ${numberText(value, 2)}`)
    .join(', ');
}
