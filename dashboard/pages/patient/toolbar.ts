import { h } from '../dom/element.js';

const HOURS = [
  ['1 h', 1],
  ['4 h', 4],
  ['24 h', 24],
  ['7 d', 168],
] as const;

const KEYS = [
  ['◀', 'Back in time', 'ArrowLeft'],
  ['▶', 'Forward in time', 'ArrowRight'],
  ['+', 'Zoom in', '+'],
  ['−', 'Zoom out', '-'],
  ['Reset', 'Reset to the whole range', '0'],
] as const;

/** The range of time by button: what drag, wheel and keys do, for fingers and screen readers. */
export function toolbar(last: (hours: number) => void, key: (key: string) => void): HTMLElement {
  const spans = HOURS.map(([text, hours]) =>
    h('button', { type: 'button', 'aria-label': `Last ${text}`, on: { click: () => last(hours) } }, text),
  );
  const steps = KEYS.map(([text, label, name]) =>
    h('button', { type: 'button', 'aria-label': label, on: { click: () => key(name) } }, text),
  );
  return h(
    'div',
    { class: 'toolbar', role: 'group', 'aria-label': 'Range of time' },
    h('span', { class: 'steps' }, ...spans),
    h('span', { class: 'steps' }, ...steps),
    h('span', { class: 'hint' }, 'Drag to zoom, double click or 0 to reset, arrows to pan, + and − to zoom'),
  );
}
