import { attribute, s } from '../dom/element.js';
import { HIGH_FROM } from '../logic/risk.js';
import { sparkPath } from '../logic/shapes.js';

const WIDTH = 96;
const HEIGHT = 24;
/** NEWS2 reaches 20, but rarely 12; higher is drawn at the top. */
const RANGE = [0, 12] as const;

export interface Sparkline {
  readonly element: SVGElement;
  update(values: readonly (number | null)[]): void;
}

/** The last hour of NEWS2 in a line. Decoration beside the number: hidden from screen readers. */
export function sparkline(values: readonly (number | null)[]): Sparkline {
  const y = HEIGHT - (HIGH_FROM / RANGE[1]) * HEIGHT;
  const path = s('path', { class: 'spark-line' });
  const element = s(
    'svg',
    { class: 'spark', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, 'aria-hidden': 'true', preserveAspectRatio: 'none' },
    s('path', { class: 'spark-limit', d: `M0 ${y}H${WIDTH}` }),
    path,
  );
  const update = (next: readonly (number | null)[]): void =>
    attribute(path, 'd', sparkPath(next, WIDTH, HEIGHT, RANGE));
  update(values);
  return { element, update };
}
