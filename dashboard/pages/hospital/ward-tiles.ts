import type { WardTile } from '../../api.js';
import { attribute, h, s, text } from '../dom/element.js';
import { KeyedList, type Drawn } from '../dom/keyed.js';
import { compactText, numberText } from '../logic/format.js';
import { BAND_TEXT, BANDS } from '../logic/risk.js';
import { formatRoute } from '../logic/route.js';
import type { Frame } from '../shell/page.js';
import type { Part } from './part.js';

/** A tile a ward: how many patients in which risk band. Choosing one narrows the list to it; choosing it again widens. */
export function wardTiles(frame: Frame): Part {
  const list = h('ul', { class: 'tiles' });
  const tiles = new KeyedList<WardTile>(
    list,
    (tile) => tile.ward,
    (tile) => drawTile(frame, tile),
  );
  return {
    element: h('section', { 'aria-labelledby': 'wards' }, h('h2', { id: 'wards' }, 'Wards'), list),
    show: ({ wards }) => tiles.show(wards),
  };
}

function drawTile(frame: Frame, first: WardTile): Drawn<WardTile> {
  const patients = h('span', { class: 'tile-patients' });
  const alerts = h('span', { class: 'tile-alerts' });
  const counts = BANDS.map((band) => [band, h('span', { class: 'band', 'data-band': band })] as const);
  const bars = BANDS.map((band) => [band, s('rect', { height: 6, y: 0, 'data-band': band })] as const);
  const bar = s('svg', { class: 'tile-bar', viewBox: '0 0 100 6', preserveAspectRatio: 'none', 'aria-hidden': 'true' });
  bar.append(...bars.map(([, rect]) => rect));
  const head = h('span', { class: 'tile-head' }, h('strong', {}, first.ward), patients, alerts);
  const foot = h('span', { class: 'bands' }, ...counts.map(([, count]) => count));
  const link = h('a', { class: 'tile' }, head, bar, foot);
  const update = (tile: WardTile): void => {
    text(patients, `${numberText(tile.patients)} patients`);
    text(alerts, `${compactText(tile.alerts_last_hour)} alerts/h`);
    attribute(link, 'href', wardLink(frame, tile.ward));
    attribute(link, 'aria-current', frame.route.params['ward'] === tile.ward ? 'true' : null);
    for (const [band, count] of counts) {
      count.hidden = tile.bands[band] === 0;
      text(count, `${tile.bands[band]} ${BAND_TEXT[band].toLowerCase()}`);
    }
    let from = 0;
    for (const [band, rect] of bars) {
      const width = tile.patients === 0 ? 0 : (tile.bands[band] / tile.patients) * 100;
      attribute(rect, 'x', from.toFixed(2));
      attribute(rect, 'width', width.toFixed(2));
      from += width;
    }
  };
  update(first);
  return { element: h('li', {}, link), update };
}

function wardLink(frame: Frame, ward: string): string {
  const { params } = frame.route;
  return formatRoute({ page: 'hospital', params: { ...params, ward: params['ward'] === ward ? '' : ward } });
}
