import type { Prepared } from '../prepared.js';
import type { Target } from '../target.js';
import { autocorrelation } from '../within.js';
import { Panel } from './panel.js';
import { INK, svgDocument } from './svg.js';
import { TITLES } from './titles.js';

const SIZE = { width: 300, height: 210 } as const;
const TOP = 56;
const HOURS = 24;
const VITALS = ['heart_rate', 'respiratory_rate', 'temperature', 'systolic_bp', 'diastolic_bp'] as const;

/** Autocorrelation within patients by lag; dots and bars are published values and what the report allows. */
export function plotAutocorrelations(of: Prepared, targets: readonly Target[]): string {
  const panels = VITALS.map((vital, place) => {
    const at = { x: SIZE.width * (place % 3), y: TOP + SIZE.height * Math.floor(place / 3), ...SIZE };
    const panel = new Panel(at, { x: [0, HOURS], y: [-0.4, 1] });
    const curve = Array.from(
      { length: HOURS + 1 },
      (_, hour) => [hour, autocorrelation(of.centred(vital), of.samplesIn(hour))] as const,
    );
    const published = targets.filter((each) => each.statistic === 'autocorrelation' && each.vital === vital);
    return (
      panel.frame(TITLES[vital], 'hours between', 1) +
      panel.line(curve, INK.simulated) +
      published
        .map((each) => panel.target(each.parameter ?? 0, Number(each.reference), each.low, each.high, INK.reference))
        .join('')
    );
  });
  return svgDocument(
    3 * SIZE.width,
    TOP + 2 * SIZE.height,
    'Autocorrelation within patients: intensive care',
    'Line: simulated, deviations from each patient’s mean over 48 hours; dots: PhysioNet 2012, with the band allowed.',
    panels.join(''),
  );
}
