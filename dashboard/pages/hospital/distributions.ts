import type { Distribution } from '../../api.js';
import { chartFigure, type ChartTable } from '../charts/figure.js';
import { fill, h } from '../dom/element.js';
import { KeyedList, type Drawn } from '../dom/keyed.js';
import { numberText, unitText, vitalDigits, vitalName } from '../logic/format.js';
import { inNormal } from '../logic/shapes.js';
import { histogram } from '../charts/histogram.js';
import type { Part } from './part.js';

/** How each vital is spread over the patients now, the normal band shaded. */
export function distributions(): Part {
  const place = h('div', { class: 'histograms' });
  const list = new KeyedList<Distribution>(place, (each) => each.vital, drawDistribution);
  return {
    element: h(
      'section',
      { class: 'spread', 'aria-labelledby': 'spread' },
      h('h2', { id: 'spread' }, 'Vitals of all patients now'),
      place,
    ),
    show: (answer) => list.show(answer.distributions.filter((each) => each.counts.some((count) => count > 0))),
  };
}

function drawDistribution(first: Distribution): Drawn<Distribution> {
  let now = first;
  let drawn = '';
  const figure = chartFigure(vitalName(first.vital), 'h3', () => numbersOf(now));
  const update = (next: Distribution): void => {
    now = next;
    const key = JSON.stringify(next);
    if (key === drawn) return;
    drawn = key;
    const { patients, normal } = inNormal(next);
    const share = normal === null || patients === 0 ? '' : `${Math.round((normal / patients) * 100)}% normal`;
    figure.readout(share);
    figure.describe(`${numberText(patients)} patients${share === '' ? '' : `, ${share}`}.`);
    fill(figure.canvas, histogram(next));
    figure.changed();
  };
  update(first);
  return { element: figure.element, update };
}

function numbersOf({ vital, unit, edges, counts }: Distribution): ChartTable {
  const value = (edge: number | undefined): string => numberText(edge, vitalDigits(vital));
  const rows = counts.map((count, index) => [
    `${value(edges[index])} to ${value(edges[index + 1])}`,
    numberText(count),
  ]);
  return { caption: `Patients by ${vitalName(vital).toLowerCase()}`, columns: [unitText(unit), 'Patients'], rows };
}
