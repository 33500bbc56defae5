/** A range of time, epoch milliseconds. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

/** Closer than this there is nothing to see: steps are a minute or longer. */
export const CLOSEST_MS = 5 * 60_000;
/** The widest range that is asked for: four weeks. */
export const WIDEST_MS = 28 * 86_400_000;

/** Both ends moved by a share of the width: negative is back in time. */
export function panned(range: TimeRange, share: number): TimeRange {
  const by = (range.to - range.from) * share;
  return { from: range.from + by, to: range.to + by };
}

/** The range around its middle, `factor` times as wide, within the closest and the widest. */
export function zoomed(range: TimeRange, factor: number): TimeRange {
  const width = Math.min(WIDEST_MS, Math.max(CLOSEST_MS, (range.to - range.from) * factor));
  const middle = (range.from + range.to) / 2;
  return { from: middle - width / 2, to: middle + width / 2 };
}

/** Whether `inner` can be drawn from what was loaded for `outer`. */
export const covers = (outer: TimeRange, inner: TimeRange): boolean => outer.from <= inner.from && inner.to <= outer.to;

/** What a key does to the range of the charts; null when it does nothing, `reset` for the whole of it. */
export function rangeOfKey(key: string, range: TimeRange): TimeRange | 'reset' | null {
  switch (key) {
    case 'ArrowLeft':
      return panned(range, -0.25);
    case 'ArrowRight':
      return panned(range, 0.25);
    case '+':
    case '=':
      return zoomed(range, 0.5);
    case '-':
      return zoomed(range, 2);
    case '0':
      return 'reset';
    default:
      return null;
  }
}
