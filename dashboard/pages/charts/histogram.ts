import type { Distribution } from '../../api.js';
import { s } from '../dom/element.js';
import { numberText, unitText, vitalDigits } from '../logic/format.js';

const WIDTH = 240;
const HEIGHT = 72;
const AXIS = 16;

/** Bars over the range of a vital, behind them the normal band, below them the ends of both. */
export function histogram({ vital, unit, edges, counts, normal }: Distribution): SVGElement {
  const low = edges[0] ?? 0;
  const high = edges.at(-1) ?? 1;
  const most = Math.max(1, ...counts);
  const x = (value: number): number => ((Math.min(high, Math.max(low, value)) - low) / (high - low || 1)) * WIDTH;
  const bars = counts.map((count, index) => {
    const [from, to] = [x(edges[index]!), x(edges[index + 1]!)];
    const height = (count / most) * HEIGHT;
    const width = Math.max(0.5, to - from - 1);
    return s('rect', {
      class: 'bar',
      x: from.toFixed(1),
      y: (HEIGHT - height).toFixed(1),
      width: width.toFixed(1),
      height: height.toFixed(1),
    });
  });
  const words = (value: number): string => numberText(value, vitalDigits(vital));
  const band = normal
    ? [
        s('rect', {
          class: 'normal',
          x: x(normal[0]).toFixed(1),
          y: 0,
          width: (x(normal[1]) - x(normal[0])).toFixed(1),
          height: HEIGHT,
        }),
      ]
    : [];
  return s(
    'svg',
    { class: 'histogram', viewBox: `0 0 ${WIDTH} ${HEIGHT + AXIS}`, 'aria-hidden': 'true' },
    ...band,
    ...bars,
    s('path', { class: 'base', d: `M0 ${HEIGHT}H${WIDTH}` }),
    ...labels(
      [
        [low, 'start'],
        [high, 'end'],
      ],
      x,
      (value, anchor) => (anchor === 'end' ? `${words(value)} ${unitText(unit)}` : words(value)),
    ),
    ...labels(inner(normal, low, high), x, words),
  );
}

type Anchor = 'start' | 'middle' | 'end';

/** The limits of the normal band, where they do not run into the ends of the axis or into each other. */
function inner(normal: readonly [number, number] | null, low: number, high: number): [number, Anchor][] {
  if (normal === null) return [];
  const room = (high - low) * 0.16;
  const [from, to] = normal;
  const shown: [number, Anchor][] = [];
  if (from - low > room && high - from > room * 1.6) shown.push([from, 'middle']);
  if (to - low > room && high - to > room * 1.8 && to - from > room) shown.push([to, 'middle']);
  return shown;
}

function labels(
  values: readonly (readonly [number, Anchor])[],
  x: (value: number) => number,
  words: (value: number, anchor: Anchor) => string,
): SVGElement[] {
  return values.map(([value, anchor]) =>
    s('text', { x: x(value).toFixed(1), y: HEIGHT + AXIS - 3, 'text-anchor': anchor }, words(value, anchor)),
  );
}
