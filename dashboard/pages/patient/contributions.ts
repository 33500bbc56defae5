import type { PatientAnswer } from '../../api.js';
import { fill, h, s } from '../dom/element.js';
import { numberText, wordsText } from '../logic/format.js';
import { sharesOf } from '../logic/shapes.js';
import { timeText } from '../logic/times.js';

const SHOWN = 5;

/** What an anomaly was made of: bars by vital, of the step under the pointer or of the newest anomaly. */
export function contributionBars(): {
  readonly element: HTMLElement;
  show(answer: PatientAnswer, step: number | null): void;
} {
  const element = h('div', { class: 'contributions' });
  let drawn = '';
  return {
    element,
    show: (answer, step) => {
      const { contributions } = answer.anomaly;
      const chosen = step !== null && contributions[step] ? step : contributions.findLastIndex((each) => each !== null);
      const key = `${answer.time_ms[chosen]}|${JSON.stringify(contributions[chosen])}`;
      if (key === drawn) return;
      drawn = key;
      fill(element, ...bars(answer, chosen));
    },
  };
}

function bars({ anomaly, time_ms }: PatientAnswer, step: number): HTMLElement[] {
  const contributions = anomaly.contributions[step];
  if (!contributions) return [h('p', {}, 'No anomaly in this range.')];
  const rows = sharesOf(contributions)
    .slice(0, SHOWN)
    .map(({ vital, value, share }) => {
      const bar = s('svg', { viewBox: '0 0 100 8', preserveAspectRatio: 'none', 'aria-hidden': 'true' });
      bar.append(s('rect', { width: (share * 100).toFixed(1), height: 8 }));
      return h('li', {}, h('span', {}, wordsText(vital)), bar, h('span', { class: 'number' }, numberText(value, 2)));
    });
  return [h('p', {}, `What made it unusual at ${timeText(time_ms[step] ?? null, 'minute')}`), h('ul', {}, ...rows)];
}
