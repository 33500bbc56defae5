import { coordinate, INK, label } from './svg.js';

type Range = readonly [number, number];
type Point = readonly [number, number];

const MARGIN = { left: 46, right: 12, top: 26, bottom: 38 } as const;

/** One plot among several: a frame on the page with a linear scale on both axes. */
export class Panel {
  constructor(
    private readonly at: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
    private readonly domain: { readonly x: Range; readonly y: Range },
  ) {}

  /** Grid, ticks and words. */
  frame(title: string, xLabel: string, digits = 0): string {
    const { x, y, width, height } = this.at;
    const bottom = y + height - MARGIN.bottom;
    const across = ticks(this.domain.x).map((value) =>
      label(this.x(value), bottom + 15, String(value), { anchor: 'middle', fill: INK.faint, size: 11 }),
    );
    const up = ticks(this.domain.y).map(
      (value) =>
        `<path d="M${coordinate(x + MARGIN.left)} ${coordinate(this.y(value))}H${coordinate(x + width - MARGIN.right)}" stroke="${INK.grid}"/>\n` +
        label(x + MARGIN.left - 5, this.y(value) + 4, value.toFixed(digits), {
          anchor: 'end',
          fill: INK.faint,
          size: 11,
        }),
    );
    return (
      label(x + MARGIN.left, y + 16, title, { weight: 600 }) +
      label((this.x(this.domain.x[0]) + this.x(this.domain.x[1])) / 2, bottom + 31, xLabel, {
        anchor: 'middle',
        fill: INK.faint,
        size: 11,
      }) +
      up.join('') +
      across.join('')
    );
  }

  line(points: readonly Point[], colour: string): string {
    const path = points.map(([x, y]) => `${coordinate(this.x(x))} ${coordinate(this.y(y))}`).join('L');
    return `<path d="M${path}" fill="none" stroke="${colour}" stroke-width="1.8"/>\n`;
  }

  /** From the bottom of the domain; each as wide as `width`, beginning at its x. */
  bars(points: readonly Point[], width: number, colour: string): string {
    const zero = this.y(this.domain.y[0]);
    const rects = points.map(([x, y]) => {
      const across = this.x(x + width) - this.x(x);
      return `<rect x="${coordinate(this.x(x))}" y="${coordinate(this.y(y))}" width="${coordinate(across)}" height="${coordinate(zero - this.y(y))}"/>`;
    });
    return `<g fill="${colour}" fill-opacity="0.75">${rects.join('')}</g>\n`;
  }

  /** A published figure: a dot, with the band that the report allows. */
  target(x: number, y: number, low: number, high: number, colour: string): string {
    const [across, up] = [coordinate(this.x(x)), coordinate(this.y(y))];
    const band = `M${across} ${coordinate(this.y(low))}V${coordinate(this.y(high))}`;
    return `<path d="${band}" stroke="${colour}" stroke-width="1.5"/><circle cx="${across}" cy="${up}" r="3.2" fill="${colour}"/>\n`;
  }

  /** A published value of the x axis: a dashed line from bottom to top. */
  upright(x: number, colour: string): string {
    const { y, height } = this.at;
    const path = `M${coordinate(this.x(x))} ${coordinate(y + MARGIN.top)}V${coordinate(y + height - MARGIN.bottom)}`;
    return `<path d="${path}" stroke="${colour}" stroke-width="1.2" stroke-dasharray="4 3"/>\n`;
  }

  private x(value: number): number {
    const [low, high] = this.domain.x;
    const width = this.at.width - MARGIN.left - MARGIN.right;
    return this.at.x + MARGIN.left + (width * (value - low)) / (high - low);
  }

  private y(value: number): number {
    const [low, high] = this.domain.y;
    const height = this.at.height - MARGIN.top - MARGIN.bottom;
    return this.at.y + this.at.height - MARGIN.bottom - (height * (value - low)) / (high - low);
  }
}

/** About five round values within a range. */
export function ticks([low, high]: Range): number[] {
  const rough = (high - low) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5].find((each) => each * power >= rough) ?? 10) * power;
  const values: number[] = [];
  for (let at = Math.ceil(low / step - 1e-9); at * step <= high + step * 1e-9; at++) {
    values.push(Number((at * step).toPrecision(12)));
  }
  return values;
}
