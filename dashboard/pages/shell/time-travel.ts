import { attribute, fill, h } from '../dom/element.js';
import { timeElement } from '../dom/time.js';
import { epoch } from '../logic/times.js';
import type { Frame } from './page.js';

const MINUTE = 60_000;
const STEPS = [
  ['−1 h', 'One hour back', -60],
  ['−5 min', 'Five minutes back', -5],
  ['+5 min', 'Five minutes forward', 5],
  ['+1 h', 'One hour forward', 60],
] as const;

/** The control of time: a field for a moment, steps, and a bar over the page that says loudly when it does not show now. */
export interface TimeTravel {
  readonly button: HTMLElement;
  readonly bar: HTMLElement;
  update(): void;
}

export function timeTravel(frame: Frame): TimeTravel {
  const button = h('button', { type: 'button', class: 'quiet', 'aria-expanded': 'false', 'aria-controls': 'as-of' });
  const bar = h('section', { id: 'as-of', class: 'as-of', 'aria-label': 'Time shown' });
  bar.hidden = true;
  let open = false;

  const asOf = (): number | null => epoch(frame.route.params['as_of']);
  const set = (time: number | null): void => {
    const past = time !== null && time < Date.now();
    const as_of = past ? new Date(time).toISOString() : '';
    frame.go({ ...frame.route, params: { ...frame.route.params, as_of } });
  };
  const update = (): void => {
    const time = asOf();
    bar.hidden = !open && time === null;
    attribute(button, 'aria-expanded', String(!bar.hidden));
    attribute(bar, 'data-past', time !== null);
    document.documentElement.toggleAttribute('data-past', time !== null);
    fill(button, time === null ? 'Time travel' : 'Return to now');
    if (!bar.hidden) fill(bar, statement(time), ...controls(time, set));
  };
  button.addEventListener('click', () => {
    if (asOf() !== null) {
      open = false;
      return set(null);
    }
    open = !open;
    update();
    bar.querySelector('input')?.focus();
  });
  return { button, bar, update };
}

function statement(time: number | null): HTMLElement {
  if (time === null) return h('p', {}, 'Show the hospital as it was known at another time:');
  return h(
    'p',
    { role: 'status' },
    h('strong', {}, 'This is not now. '),
    'You see what was known at ',
    timeElement(time, 'full'),
    '.',
  );
}

function controls(time: number | null, set: (time: number | null) => void): HTMLElement[] {
  const shown = time ?? Date.now();
  const field = h('input', { type: 'datetime-local', step: '1', 'aria-label': 'Time to show', value: local(shown) });
  field.addEventListener('change', () => set(epoch(field.value)));
  const steps = STEPS.map(([text, label, minutes]) =>
    h(
      'button',
      { type: 'button', 'aria-label': `${text}: ${label}`, on: { click: () => set(shown + minutes * MINUTE) } },
      text,
    ),
  );
  return [field, h('span', { class: 'steps' }, ...steps)];
}

/** A time as a field for local times wants it. */
function local(time: number): string {
  return new Date(time - new Date(time).getTimezoneOffset() * MINUTE).toISOString().slice(0, 19);
}
