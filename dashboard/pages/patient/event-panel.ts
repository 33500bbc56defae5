import type uPlot from 'uplot';
import type { PatientAnswer } from '../../api.js';
import { colour } from '../dom/theme.js';
import { wordsText } from '../logic/format.js';
import { SEVERITIES, capitalised } from '../logic/risk.js';
import { epoch } from '../logic/times.js';
import type { PanelKind } from './panel.js';

/** Lanes from the bottom: what is gravest is on top. */
const LANES = ['oxygen', 'warning', 'urgent', 'critical'] as const;
const HEIGHT_REM = 7;

/** Alerts and interventions on the axis of time: a lane each, so that nothing is told by colour alone. */
export function eventPanel(): PanelKind {
  let now: PatientAnswer | null = null;
  return {
    title: 'Alerts and interventions',
    chart: {
      height: HEIGHT_REM,
      series: [{ show: false }],
      range: () => [-0.5, LANES.length - 0.5],
      ticks: (value) => capitalised(LANES[value] ?? ''),
      lanes: LANES.map((_, lane) => lane),
      plugins: [{ hooks: { draw: (self) => now && draw(self, now) } }],
    },
    data: (answer) => {
      now = answer;
      return [answer.time_ms, answer.time_ms.map(() => null)] as never;
    },
    readout: (answer, step) => wordsOf(answer, step),
    describe: (answer) =>
      `${SEVERITIES.map((severity) => `${countOf(answer, severity)} ${severity}`).join(', ')} alerts; ` +
      `oxygen changed ${answer.interventions.length} times.`,
    columns: ['Alerts', 'Oxygen'],
    row: (answer, step) => [rulesOf(answer, step), oxygenOf(answer, step)],
  };
}

const countOf = (answer: PatientAnswer, severity: string): number =>
  answer.alerts.filter((alert) => alert.severity === severity).length;

function inStep<T>(answer: PatientAnswer, step: number, items: readonly T[], timeOf: (item: T) => string): T[] {
  const from = answer.time_ms[step] ?? 0;
  const to = from + answer.resolution_seconds * 1_000;
  return items.filter((item) => {
    const time = epoch(timeOf(item)) ?? NaN;
    return time >= from && time < to;
  });
}

function rulesOf(answer: PatientAnswer, step: number): string {
  const counts = new Map<string, number>();
  for (const { rule } of inStep(answer, step, answer.alerts, (alert) => alert.event_time))
    counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return [...counts].map(([rule, count]) => `${wordsText(rule)}${count > 1 ? ` ×${count}` : ''}`).join(', ');
}

const oxygenOf = (answer: PatientAnswer, step: number): string =>
  inStep(answer, step, answer.interventions, (each) => each.time)
    .map(({ kind }) => (kind === 'oxygen_on' ? 'oxygen on' : 'oxygen off'))
    .join(', ');

const wordsOf = (answer: PatientAnswer, step: number): string =>
  [rulesOf(answer, step), oxygenOf(answer, step)].filter(Boolean).join('; ');

function draw(self: uPlot, answer: PatientAnswer): void {
  const { ctx, bbox } = self;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  drawOxygen(self, answer);
  for (const severity of SEVERITIES) {
    ctx.fillStyle = colour(`severity-${severity}`);
    const times = answer.alerts
      .filter((alert) => alert.severity === severity)
      .map((alert) => epoch(alert.event_time) ?? 0);
    drawMarks(self, times, LANES.indexOf(severity));
  }
  ctx.restore();
}

/** A mark for each moment; those on the same pixel are one. */
function drawMarks(self: uPlot, times: readonly number[], lane: number): void {
  const size = 4 * devicePixelRatio;
  const y = self.valToPos(lane, 'y', true);
  let last = -Infinity;
  for (const time of [...times].sort((a, b) => a - b)) {
    const x = Math.round(self.valToPos(time, 'x', true));
    if (x - last < devicePixelRatio) continue;
    last = x;
    self.ctx.fillRect(x - size / 4, y - size * 1.5, size / 2, size * 3);
  }
}

/** Bars from each `on` to the next `off`; before the first event the other of what it says was true. */
function drawOxygen(self: uPlot, { interventions, from, to }: PatientAnswer): void {
  const { ctx } = self;
  const y = self.valToPos(0, 'y', true);
  const height = 8 * devicePixelRatio;
  ctx.fillStyle = colour('oxygen');
  let since = interventions[0]?.kind === 'oxygen_off' ? epoch(from) : null;
  const bar = (start: number, end: number): void => {
    const [left, right] = [self.valToPos(start, 'x', true), self.valToPos(end, 'x', true)];
    ctx.fillRect(left, y - height / 2, Math.max(2, right - left), height);
  };
  for (const { kind, time } of interventions) {
    if (kind === 'oxygen_on') since ??= epoch(time);
    else if (since !== null) {
      bar(since, epoch(time) ?? since);
      since = null;
    }
  }
  if (since !== null) bar(since, epoch(to) ?? since);
}
