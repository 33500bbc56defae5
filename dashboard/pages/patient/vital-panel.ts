import type { PatientAnswer, VitalSeries } from '../../api.js';
import type { VitalName } from '../../../schema/vitals.js';
import { loneDots, shadedBand } from '../charts/overlays.js';
import { line } from '../charts/time-chart.js';
import { colour } from '../dom/theme.js';
import { numberText, vitalDigits, vitalName, vitalShort, vitalText, vitalUnit } from '../logic/format.js';
import { valueRange } from '../logic/shapes.js';
import type { PanelKind } from './panel.js';

/** The least width of the value axis, so that noise does not look like a crisis; in the unit of the vital. */
const SPAN: Readonly<Record<VitalName, number>> = {
  heart_rate: 50,
  respiratory_rate: 16,
  spo2: 10,
  systolic_bp: 80,
  diastolic_bp: 60,
  mean_bp: 60,
  temperature: 2.5,
  glucose: 100,
};

const HEIGHT_REM = 9;

/** One vital, or several that are read together (blood pressure): a line of last values in a veil from least to most. */
export function vitalPanel(title: string, vitals: readonly VitalName[]): PanelKind {
  const [main] = vitals as readonly [VitalName];
  let normal: readonly [number, number] | null = null;
  const unit = vitalUnit(main);
  const of = (answer: PatientAnswer): VitalSeries[] =>
    vitals.map((vital) => answer.vitals.find((series) => series.vital === vital) ?? missing(vital, answer));
  return {
    title,
    optional: true,
    chart: {
      height: HEIGHT_REM,
      series: vitals.flatMap((_, index) => seriesOf(index)),
      bands: vitals.map((_, index) => ({ series: [index * 3 + 2, index * 3 + 1], fill: () => colour('veil') })),
      range: (_, low, high) => valueRange(low, high, normal, SPAN[main]),
      ticks: (value) => numberText(value, Number.isInteger(value) ? 0 : vitalDigits(main)),
      plugins: [shadedBand(() => normal)],
    },
    data: (answer) => {
      const series = of(answer);
      normal = series[0]?.normal ?? null;
      return [answer.time_ms, ...series.flatMap(({ min, max, last }) => [min, max, last])] as never;
    },
    readout: (answer, step) =>
      `${of(answer)
        .map(({ vital, last }) => vitalText(vital, last[step]))
        .join('/')} ${unit}`,
    describe: (answer) => of(answer).map(described).join(' '),
    columns: vitals.flatMap((vital) =>
      ['least', 'most', 'last'].map((word) => `${vitalShort(vital)} ${word}, ${unit}`),
    ),
    row: (answer, step) =>
      of(answer).flatMap(({ vital, min, max, last }) =>
        [min, max, last].map((values) => vitalText(vital, values[step])),
      ),
  };
}

/** Least and most carry the veil and are not drawn; of several vitals, the later ones are dashed. */
function seriesOf(index: number): ReturnType<typeof line>[] {
  const edge = line('veil', { width: 0 });
  const dash = index === 0 ? {} : { dash: [6, 3] };
  return [
    edge,
    edge,
    line(index === 0 ? 'accent' : 'accent-2', { ...dash, points: loneDots(index === 0 ? 'accent' : 'accent-2') }),
  ];
}

function described({ vital, min, max, last, normal }: VitalSeries): string {
  const known = (values: readonly (number | null)[]): number[] => values.filter((value) => value !== null);
  const [least, most] = [Math.min(...known(min)), Math.max(...known(max))];
  if (!Number.isFinite(least)) return `${vitalName(vital)}: nothing measured.`;
  const unit = vitalUnit(vital);
  const band = normal ? ` Normal is ${normal[0]} to ${normal[1]}.` : '';
  const now = vitalText(vital, known(last).at(-1));
  return `${vitalName(vital)} ${now} ${unit}, from ${vitalText(vital, least)} to ${vitalText(vital, most)}.${band}`;
}

function missing(vital: VitalName, { time_ms }: PatientAnswer): VitalSeries {
  const none = time_ms.map(() => null);
  return { vital, unit: vitalUnit(vital), normal: null, min: none, max: none, last: none };
}
