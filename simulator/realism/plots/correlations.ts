import type { Prepared } from '../prepared.js';
import type { Target } from '../target.js';
import { correlation } from '../together.js';
import { coordinate, INK, label, svgDocument } from './svg.js';

const VITALS = ['heart_rate', 'respiratory_rate', 'temperature', 'systolic_bp', 'diastolic_bp'] as const;
const NAMES = ['heart rate', 'respiration', 'temperature', 'systolic', 'diastolic'] as const;

const CELL = 104;
const LEFT = 110;
const TOP = 90;

/** Correlations within patients: simulated, and in brackets published. */
export function plotCorrelations(of: Prepared, targets: readonly Target[]): string {
  const cells = VITALS.flatMap((row, down) =>
    VITALS.map((column, across) => {
      const value = correlation(of.centred(row).values, of.centred(column).values);
      const published = targets.find(
        (each) =>
          each.statistic === 'correlation_within' &&
          ((each.vital === row && each.other === column) || (each.vital === column && each.other === row)),
      );
      return cell(across, down, value, published?.reference ?? null);
    }),
  );
  const names = NAMES.flatMap((name, at) => [
    label(LEFT - 8, TOP + CELL * (at + 0.5) + 4, name, { anchor: 'end' }),
    label(LEFT + CELL * (at + 0.5), TOP - 8, name, { anchor: 'middle' }),
  ]);
  return svgDocument(
    LEFT + 5 * CELL + 16,
    TOP + 5 * CELL + 16,
    'Correlation within patients: intensive care',
    'Simulated, and in brackets PhysioNet 2012. Blue rises together, orange against each other.',
    [...cells, ...names].join(''),
  );
}

function cell(across: number, down: number, value: number, published: string | null): string {
  const [x, y] = [LEFT + CELL * across, TOP + CELL * down];
  const strength = Number.isNaN(value) ? 0 : 0.55 * Math.min(1, Math.abs(value));
  const fill = value < 0 ? INK.reference : INK.simulated;
  const middle = x + CELL / 2;
  return (
    `<rect x="${x}" y="${y}" width="${CELL - 2}" height="${CELL - 2}" fill="${fill}" fill-opacity="${coordinate(strength)}" stroke="${INK.grid}"/>\n` +
    label(middle, y + CELL / 2, value.toFixed(2), { anchor: 'middle', size: 15, weight: 600 }) +
    (published === null
      ? ''
      : label(middle, y + CELL / 2 + 20, `(${Number(published).toFixed(2)})`, { anchor: 'middle' }))
  );
}
