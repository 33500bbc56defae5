import { GLUCOSE_CATEGORIES, NEWS2_CHART, type Chart } from '../../transforms/clinical/thresholds.js';
import type { VitalName } from '../../schema/vitals.js';

type Range = readonly [number, number];

/** Saturation cannot be higher: where a chart's band has no upper end. */
const FULL_SATURATION = 100;

/** Values that score no point in NEWS2, and glucose between hypo- and hyperglycaemia; null where neither says anything. */
export const NORMAL_BANDS: Readonly<Record<VitalName, Range | null>> = {
  heart_rate: bandOf(NEWS2_CHART.heart_rate, 0),
  respiratory_rate: bandOf(NEWS2_CHART.respiratory_rate, 0),
  spo2: bandOf(NEWS2_CHART.spo2_scale_1, 0),
  systolic_bp: bandOf(NEWS2_CHART.systolic_bp, 0),
  diastolic_bp: null,
  mean_bp: null,
  temperature: bandOf(NEWS2_CHART.temperature, 0),
  glucose: bandOf(GLUCOSE_CATEGORIES, 'normal'),
};

/** The bands of one patient: NEWS2 has another scale of saturation for hypercapnic respiratory failure (here: on air). */
export function normalBands(spo2Scale: number | null): typeof NORMAL_BANDS {
  if (spo2Scale !== 2) return NORMAL_BANDS;
  return { ...NORMAL_BANDS, spo2: bandOf(NEWS2_CHART.spo2_scale_2_air, 0) };
}

/** From just above the band before to the end of the band, at the precision of the chart. */
function bandOf<T>({ digits, bands }: Chart<T>, wanted: T): Range | null {
  const index = bands.findIndex((band) => band.is === wanted);
  const [before, band] = [bands[index - 1], bands[index]];
  if (band === undefined || before === undefined) return null;
  const low = Number((before.upTo + 10 ** -digits).toFixed(digits));
  return [low, Number.isFinite(band.upTo) ? band.upTo : FULL_SATURATION];
}
