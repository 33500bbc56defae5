import type uPlot from 'uplot';
import { onFrame } from '../dom/frame.js';
import type { TimeRange } from '../logic/zoom.js';

/** Drags shorter than this are clicks, CSS pixels. */
const LEAST_DRAG_PX = 6;

/** Charts that show the same range of time and point at the same moment. */
export interface ChartGroup {
  /** What every chart of the group has as its cursor: synchronised, dragging chooses a range, double click resets. */
  readonly cursor: uPlot.Cursor;
  readonly range: TimeRange;
  /** Shows a range in all of them. */
  show(range: TimeRange): void;
  add(plot: uPlot): void;
  remove(plot: uPlot): void;
  /** Brings one chart to the range of the group, after its data has changed. */
  apply(plot: uPlot): void;
  /** A range was dragged in one of them. */
  selected(plot: uPlot): void;
}

/**
 * @param wanted called with the range that the reader chose, or null for the whole; the page decides and calls `show`
 */
export function chartGroup(key: string, range: TimeRange, wanted: (range: TimeRange | null) => void): ChartGroup {
  const plots = new Set<uPlot>();
  let current = range;
  const apply = (plot: uPlot): void => plot.setScale('x', { min: current.from, max: current.to });
  return {
    cursor: sharedCursor(key, () => wanted(null)),
    get range() {
      return current;
    },
    show: (next) => {
      current = next;
      onFrame(plots, () => plots.forEach(apply));
    },
    add: (plot) => void plots.add(plot),
    remove: (plot) => void plots.delete(plot),
    apply,
    selected: (plot) => {
      const { left, width } = plot.select;
      if (width < LEAST_DRAG_PX) return;
      wanted({ from: plot.posToVal(left, 'x'), to: plot.posToVal(left + width, 'x') });
      for (const each of plots) each.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    },
  };
}

function sharedCursor(key: string, reset: () => void): uPlot.Cursor {
  return {
    y: false,
    points: { show: false },
    drag: { x: true, y: false, setScale: false, dist: LEAST_DRAG_PX },
    sync: { key, scales: ['x', null], setSeries: false },
    bind: {
      dblclick: () => () => {
        reset();
        return null;
      },
    },
  };
}
