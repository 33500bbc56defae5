import { isChild } from '../../transforms/clinical/interval.js';
import { paediatricRange } from '../../transforms/clinical/paediatric.js';
import {
  GLUCOSE_CATEGORIES,
  NEWS2_CHART,
  rangeOf,
  TEMPERATURE_CATEGORIES,
  type Chart,
} from '../../transforms/clinical/thresholds.js';
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

/**
 * The bands of one patient: NEWS2 has another scale of saturation for hypercapnic respiratory failure (here: on air), and is
 * not for children, who have the APLS ranges of their age. An unknown age counts as adult.
 */
export function normalBands(spo2Scale: number | null, age: number | null): typeof NORMAL_BANDS {
  if (age !== null && isChild(age)) return childBands(age);
  if (spo2Scale !== 2) return NORMAL_BANDS;
  return { ...NORMAL_BANDS, spo2: bandOf(NEWS2_CHART.spo2_scale_2_air, 0) };
}

/** No band of saturation or pressure: APLS gives the pressure a lower limit only. */
function childBands(age: number): typeof NORMAL_BANDS {
  return {
    ...NORMAL_BANDS,
    heart_rate: paediatricRange('heart_rate', age),
    respiratory_rate: paediatricRange('respiratory_rate', age),
    spo2: null,
    systolic_bp: null,
    temperature: bandOf(TEMPERATURE_CATEGORIES, 'normal'),
  };
}

function bandOf<T>(chart: Chart<T>, wanted: T): Range {
  const { from, to } = rangeOf(chart, wanted);
  return [from, Number.isFinite(to) ? to : FULL_SATURATION];
}
