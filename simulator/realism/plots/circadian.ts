import type { Prepared } from '../prepared.js';
import { Panel } from './panel.js';
import { INK, svgDocument } from './svg.js';
import { TITLES } from './titles.js';

const SIZE = { width: 300, height: 230 } as const;
const TOP = 56;
const VITALS = ['temperature', 'systolic_bp', 'diastolic_bp'] as const;

/** Published hours of the lowest and of the highest temperature. */
const TEMPERATURE_HOURS = [6, 8, 18, 20] as const;

/** The mean day of the wards. */
export function plotCircadian(of: Prepared): string {
  const panels = VITALS.map((vital, place) => {
    const course = of.course(vital);
    const points = Array.from(course, (value, hour) => [hour + 0.5, value] as const).filter(
      ([, y]) => !Number.isNaN(y),
    );
    const [low, high] = [Math.min(...points.map(([, y]) => y)), Math.max(...points.map(([, y]) => y))];
    const room = Math.max(0.05, 0.15 * (high - low));
    const at = { x: SIZE.width * place, y: TOP, ...SIZE };
    const panel = new Panel(at, { x: [0, 24], y: [low - room, high + room] });
    const marks = vital === 'temperature' ? TEMPERATURE_HOURS.map((hour) => panel.upright(hour, INK.reference)) : [];
    return (
      panel.frame(TITLES[vital], 'hour of the day', high - low < 2 ? 1 : 0) +
      panel.line(points, INK.simulated) +
      marks.join('')
    );
  });
  return svgDocument(
    3 * SIZE.width,
    TOP + SIZE.height,
    'The day: general wards',
    'Mean of each hour over all patients. Dashed: published hours of the lowest (6 to 8) and highest (18 to 20) temperature.',
    panels.join(''),
  );
}
