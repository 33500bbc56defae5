import type { HospitalAnswer } from '../../api.js';
import { attribute, fill, h } from '../dom/element.js';
import { compactText, numberText } from '../logic/format.js';
import { heatGrid, heatLevel, type HeatCell, type HeatGrid } from '../logic/heat.js';
import { SEVERITIES } from '../logic/risk.js';
import { formatRoute, otherPage } from '../logic/route.js';
import { epoch, timeText, utcText } from '../logic/times.js';
import type { Frame } from '../shell/page.js';
import type { Part } from './part.js';

/** Alerts per ward and hour: a table whose cells are shaded, so that it is its own table for screen readers. */
export function alertHeat(frame: Frame): Part {
  const place = h('div', { class: 'scroll', role: 'region', 'aria-labelledby': 'heat', tabindex: '0' });
  let drawn = '';
  return {
    element: h('section', { class: 'heat' }, h('h2', { id: 'heat' }, 'Alerts by ward and hour, last 24 hours'), place),
    show: (answer: HospitalAnswer) => {
      const time = epoch(answer.time) ?? 0;
      const wards = answer.wards.map((tile) => tile.ward);
      const grid = heatGrid(answer.alerts_by_ward_hour, wards, time);
      const key = JSON.stringify(grid);
      if (key === drawn) return;
      drawn = key;
      fill(place, heatTable(frame, grid));
      // The newest hour is at the right end: that is what a narrow screen shows first.
      if (place.scrollWidth > place.clientWidth) place.scrollLeft = place.scrollWidth;
    },
  };
}

function heatTable(frame: Frame, { hours, rows, most }: HeatGrid): HTMLElement {
  const head = hours.map((hour) =>
    h('th', { scope: 'col', title: utcText(hour) }, timeText(hour, 'minute').slice(0, 2)),
  );
  const body = rows.map(({ ward, cells, total }) => {
    const link = formatRoute(otherPage(frame.route, { page: 'alerts' }, { ward }));
    return h(
      'tr',
      {},
      h('th', { scope: 'row' }, h('a', { href: link }, ward)),
      ...cells.map((cell) => heatCell(cell, most)),
      h('td', { class: 'heat-total' }, numberText(total)),
    );
  });
  return h(
    'table',
    {},
    h(
      'thead',
      {},
      h('tr', {}, h('th', { scope: 'col' }, 'Ward'), ...head, h('th', { scope: 'col', class: 'heat-total' }, 'Sum')),
    ),
    h('tbody', {}, ...body),
  );
}

function heatCell({ total, bySeverity }: HeatCell, most: number): HTMLElement {
  const cell = h('td', { 'data-level': heatLevel(total, most) }, total === 0 ? '' : compactText(total));
  const parts = SEVERITIES.filter((severity) => bySeverity[severity] > 0).map(
    (severity) => `${bySeverity[severity]} ${severity}`,
  );
  attribute(cell, 'title', parts.join(', ') || null);
  return cell;
}
