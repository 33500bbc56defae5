import { bloodPressureCategory } from '../../transforms/clinical/blood-pressure.js';
import {
  glucoseCategory,
  heartRateCategory,
  spo2Category,
  temperatureCategory,
} from '../../transforms/clinical/categories.js';
import { unpackInterval } from '../../transforms/clinical/interval.js';
import { packMews } from '../../transforms/clinical/mews.js';
import { news2 } from '../../transforms/clinical/news2.js';
import type { News2Input } from '../../transforms/clinical/news2-parameters.js';
import { packQsofa } from '../../transforms/clinical/qsofa.js';
import { packSirs } from '../../transforms/clinical/sirs.js';

/** An adult in whom nothing scores. */
export const WELL: News2Input = {
  respiratory_rate: 14,
  spo2: 97,
  spo2_scale: 1,
  supplemental_oxygen: false,
  systolic_bp: 120,
  heart_rate: 70,
  consciousness: 'A',
  temperature: 37,
  age: 64,
  pregnant: false,
};

type Vital = 'respiratory_rate' | 'spo2' | 'systolic_bp' | 'heart_rate' | 'temperature';

const inNews2 =
  (vital: Vital, differs: Partial<News2Input> = {}) =>
  (value: number) =>
    news2({ ...WELL, ...differs, [vital]: value }).points[vital];
const inQsofa = (vital: Vital) => (value: number) => unpackInterval(packQsofa({ ...WELL, [vital]: value })).high;
const inSirs = (vital: Vital) => (value: number) => unpackInterval(packSirs({ ...WELL, [vital]: value })).high;
const inMews = (vital: Vital) => (value: number) => unpackInterval(packMews({ ...WELL, [vital]: value })).high;

/** What lies on the two sides of an edge: the last value of a band and its name or points, the first of the next. */
export type Edge = readonly [last: number, is: unknown, next: number, becomes: unknown];

/** How a chart of thresholds.ts shows in what the public functions answer, and its edges as the publication has them. */
export interface Edges {
  readonly of: (value: number) => unknown;
  readonly edges: readonly Edge[];
}

/** Written from the publications, not from thresholds.ts: RCP 2017, ACC/AHA 2017, Singer, Subbe, ACCP/SCCM, AHA, ADA, ERC. */
export const EDGES: Readonly<Record<string, Edges>> = {
  'NEWS2_CHART.respiratory_rate': {
    of: inNews2('respiratory_rate'),
    edges: [
      [8, 3, 9, 1],
      [11, 1, 12, 0],
      [20, 0, 21, 2],
      [24, 2, 25, 3],
    ],
  },
  'NEWS2_CHART.spo2_scale_1': {
    of: inNews2('spo2'),
    edges: [
      [91, 3, 92, 2],
      [93, 2, 94, 1],
      [95, 1, 96, 0],
    ],
  },
  'NEWS2_CHART.spo2_scale_2_air': {
    of: inNews2('spo2', { spo2_scale: 2 }),
    edges: [
      [83, 3, 84, 2],
      [85, 2, 86, 1],
      [87, 1, 88, 0],
    ],
  },
  'NEWS2_CHART.spo2_scale_2_oxygen': {
    of: inNews2('spo2', { spo2_scale: 2, supplemental_oxygen: true }),
    edges: [
      [83, 3, 84, 2],
      [85, 2, 86, 1],
      [87, 1, 88, 0],
      [92, 0, 93, 1],
      [94, 1, 95, 2],
      [96, 2, 97, 3],
    ],
  },
  'NEWS2_CHART.systolic_bp': {
    of: inNews2('systolic_bp'),
    edges: [
      [90, 3, 91, 2],
      [100, 2, 101, 1],
      [110, 1, 111, 0],
      [219, 0, 220, 3],
    ],
  },
  'NEWS2_CHART.heart_rate': {
    of: inNews2('heart_rate'),
    edges: [
      [40, 3, 41, 1],
      [50, 1, 51, 0],
      [90, 0, 91, 1],
      [110, 1, 111, 2],
      [130, 2, 131, 3],
    ],
  },
  'NEWS2_CHART.temperature': {
    of: inNews2('temperature'),
    edges: [
      [35.0, 3, 35.1, 1],
      [36.0, 1, 36.1, 0],
      [38.0, 0, 38.1, 1],
      [39.0, 1, 39.1, 2],
    ],
  },
  NEWS2_RISK: {
    of: (aggregate) => news2(READINGS_BY_AGGREGATE[aggregate] as News2Input).band_low,
    edges: [
      [4, 'low', 5, 'medium'],
      [6, 'medium', 7, 'high'],
    ],
  },
  'BLOOD_PRESSURE_CHART.systolic_bp': {
    of: (value) => bloodPressureCategory(value, 70, 64),
    edges: [
      [119, 'normal', 120, 'elevated'],
      [129, 'elevated', 130, 'stage_1'],
      [139, 'stage_1', 140, 'stage_2'],
      [180, 'stage_2', 181, 'crisis'],
    ],
  },
  'BLOOD_PRESSURE_CHART.diastolic_bp': {
    of: (value) => bloodPressureCategory(119, value, 64),
    edges: [
      [79, 'normal', 80, 'stage_1'],
      [89, 'stage_1', 90, 'stage_2'],
      [120, 'stage_2', 121, 'crisis'],
    ],
  },
  'QSOFA_CHART.respiratory_rate': { of: inQsofa('respiratory_rate'), edges: [[21, 0, 22, 1]] },
  'QSOFA_CHART.systolic_bp': { of: inQsofa('systolic_bp'), edges: [[100, 1, 101, 0]] },
  'SIRS_CHART.temperature': {
    of: inSirs('temperature'),
    edges: [
      [35.99, 1, 36.0, 0],
      [38.0, 0, 38.01, 1],
    ],
  },
  'SIRS_CHART.heart_rate': { of: inSirs('heart_rate'), edges: [[90, 0, 91, 1]] },
  'SIRS_CHART.respiratory_rate': { of: inSirs('respiratory_rate'), edges: [[20, 0, 21, 1]] },
  'MEWS_CHART.systolic_bp': {
    of: inMews('systolic_bp'),
    edges: [
      [70, 3, 71, 2],
      [80, 2, 81, 1],
      [100, 1, 101, 0],
      [199, 0, 200, 2],
    ],
  },
  'MEWS_CHART.heart_rate': {
    of: inMews('heart_rate'),
    edges: [
      [39, 2, 40, 1],
      [50, 1, 51, 0],
      [100, 0, 101, 1],
      [110, 1, 111, 2],
      [129, 2, 130, 3],
    ],
  },
  'MEWS_CHART.respiratory_rate': {
    of: inMews('respiratory_rate'),
    edges: [
      [8, 2, 9, 0],
      [14, 0, 15, 1],
      [20, 1, 21, 2],
      [29, 2, 30, 3],
    ],
  },
  'MEWS_CHART.temperature': {
    of: inMews('temperature'),
    edges: [
      [34.9, 2, 35.0, 0],
      [38.4, 0, 38.5, 2],
    ],
  },
  HEART_RATE_CATEGORIES: {
    of: (value) => heartRateCategory(value, 64),
    edges: [
      [59, 'bradycardia', 60, 'normal'],
      [100, 'normal', 101, 'tachycardia'],
    ],
  },
  SPO2_CATEGORIES: {
    of: spo2Category,
    edges: [
      [74, 'severe_hypoxaemia', 75, 'moderate_hypoxaemia'],
      [89, 'moderate_hypoxaemia', 90, 'mild_hypoxaemia'],
      [94, 'mild_hypoxaemia', 95, 'normal'],
    ],
  },
  TEMPERATURE_CATEGORIES: {
    of: temperatureCategory,
    edges: [
      [27.9, 'severe_hypothermia', 28.0, 'moderate_hypothermia'],
      [31.9, 'moderate_hypothermia', 32.0, 'mild_hypothermia'],
      [34.9, 'mild_hypothermia', 35.0, 'low'],
      [36.0, 'low', 36.1, 'normal'],
      [37.9, 'normal', 38.0, 'fever'],
      [39.0, 'fever', 39.1, 'high_fever'],
      [40.9, 'high_fever', 41.0, 'hyperpyrexia'],
    ],
  },
  GLUCOSE_CATEGORIES: {
    of: glucoseCategory,
    edges: [
      [53.9, 'severe_hypoglycaemia', 54.0, 'hypoglycaemia'],
      [69.9, 'hypoglycaemia', 70.0, 'normal'],
      [180.0, 'normal', 180.1, 'hyperglycaemia'],
      [250.0, 'hyperglycaemia', 250.1, 'severe_hyperglycaemia'],
    ],
  },
};

/** A reading of each aggregate, without a red parameter where that can be (below 5). */
export const READINGS_BY_AGGREGATE: Readonly<Record<number, News2Input>> = {
  0: WELL,
  1: { ...WELL, heart_rate: 95 },
  4: { ...WELL, heart_rate: 115, respiratory_rate: 22 },
  5: { ...WELL, heart_rate: 115, respiratory_rate: 22, spo2: 95 },
  6: { ...WELL, heart_rate: 115, respiratory_rate: 22, spo2: 93 },
  7: { ...WELL, heart_rate: 115, respiratory_rate: 22, spo2: 93, temperature: 38.5 },
};
