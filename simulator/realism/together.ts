import { isMissing } from './table.js';

interface Moments {
  readonly xx: number;
  readonly xy: number;
  readonly yy: number;
}

/** Sums of squares and products about the means, where both are present. */
function moments(x: Float64Array, y: Float64Array): Moments {
  let count = 0;
  let sumX = 0;
  let sumY = 0;
  for (let at = 0; at < x.length; at++) {
    if (isMissing((x[at] as number) + (y[at] as number))) continue;
    count++;
    sumX += x[at] as number;
    sumY += y[at] as number;
  }
  const total = { xx: 0, xy: 0, yy: 0 };
  for (let at = 0; at < x.length; at++) {
    const dx = (x[at] as number) - sumX / count;
    const dy = (y[at] as number) - sumY / count;
    if (isMissing(dx + dy)) continue;
    total.xx += dx * dx;
    total.xy += dx * dy;
    total.yy += dy * dy;
  }
  return total;
}

/** Correlation of two columns where both are present. Of centred tables it is the correlation within patients. */
export function correlation(x: Float64Array, y: Float64Array): number {
  const { xx, xy, yy } = moments(x, y);
  return xy / Math.sqrt(xx * yy);
}

/** Rise of `y` a unit of `x`: the slope of least squares where both are present. */
export function slope(x: Float64Array, y: Float64Array): number {
  const { xx, xy } = moments(x, y);
  return xy / xx;
}
