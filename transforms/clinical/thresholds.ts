/**
 * Every threshold of every score and category, once. The functions of this folder are compiled from it (bands.ts), and
 * what draws a chart or writes SQL reads it too, so that no second copy can drift.
 *
 * A chart is a list of bands in rising order; a band reaches from just above the one before it up to `upTo`, inclusive,
 * and the last one to infinity. A value is first rounded half-up to `digits` decimal digits, the precision at which the
 * published chart is defined: 35.04 is 35.0 and 91.5 is 92.
 */

/** One band: values above the band before, up to and including `upTo`. */
export interface Band<T> {
  readonly upTo: number;
  readonly is: T;
}

/** The bands of one quantity. */
export interface Chart<T> {
  /** Decimal digits at which the bands meet without a gap. */
  readonly digits: 0 | 1 | 2;
  readonly bands: readonly Band<T>[];
}

const REST = Infinity;

/** A chart from its bands, each `[up to and including, is]`. */
function chart<T>(digits: 0 | 1 | 2, ...bands: readonly (readonly [upTo: number, is: T])[]): Chart<T> {
  return { digits, bands: bands.map(([upTo, is]) => ({ upTo, is })) };
}

/** Younger patients are not scored: NEWS2, qSOFA, SIRS and MEWS are defined for adults (RCP 2017: 16 and over). */
export const ADULT_AGE_YEARS = 16;

/** NEWS2 (Royal College of Physicians, 2017): points a parameter. */
export const NEWS2_CHART = {
  respiratory_rate: chart(0, [8, 3], [11, 1], [20, 0], [24, 2], [REST, 3]),
  spo2_scale_1: chart(0, [91, 3], [93, 2], [95, 1], [REST, 0]),
  /** Scale 2 on air: 93 and above scores 0, however high. */
  spo2_scale_2_air: chart(0, [83, 3], [85, 2], [87, 1], [REST, 0]),
  spo2_scale_2_oxygen: chart(0, [83, 3], [85, 2], [87, 1], [92, 0], [94, 1], [96, 2], [REST, 3]),
  systolic_bp: chart(0, [90, 3], [100, 2], [110, 1], [219, 0], [REST, 3]),
  heart_rate: chart(0, [40, 3], [50, 1], [90, 0], [110, 1], [130, 2], [REST, 3]),
  temperature: chart(1, [35.0, 3], [36.0, 1], [38.0, 0], [39.0, 1], [REST, 2]),
};

/** NEWS2: points for supplemental oxygen, and for anything but alert (new confusion, voice, pain, unresponsive). */
export const NEWS2_OXYGEN_POINTS = 2;
export const NEWS2_CONSCIOUSNESS_POINTS = { A: 0, C: 3, V: 3, P: 3, U: 3 } as const;

/** NEWS2: a single parameter with these points lifts an aggregate of 1-4 from low to low-medium. */
export const NEWS2_RED_POINTS = 3;

export type News2Risk = 'low' | 'medium' | 'high';

/** NEWS2: clinical risk by aggregate, before the rule of the single red parameter. */
export const NEWS2_RISK = chart<News2Risk>(0, [4, 'low'], [6, 'medium'], [REST, 'high']);

/**
 * Blood pressure of adults (ACC/AHA 2017; crisis from the AHA's patient material). The index is the severity: the higher
 * of the two pressures' categories wins.
 */
export const BLOOD_PRESSURE_CATEGORIES = ['normal', 'elevated', 'stage_1', 'stage_2', 'crisis'] as const;
export const BLOOD_PRESSURE_CHART = {
  systolic_bp: chart(0, [119, 0], [129, 1], [139, 2], [180, 3], [REST, 4]),
  diastolic_bp: chart(0, [79, 0], [89, 2], [120, 3], [REST, 4]),
};

/** qSOFA (Singer, JAMA 2016): one point each for 22 breaths or more, a systolic of 100 or less, altered mentation. */
export const QSOFA_CHART = {
  respiratory_rate: chart(0, [21, 0], [REST, 1]),
  systolic_bp: chart(0, [100, 1], [REST, 0]),
};
export const QSOFA_CONSCIOUSNESS_POINTS = { A: 0, C: 1, V: 1, P: 1, U: 1 } as const;

/**
 * SIRS (ACCP/SCCM 1992), the three criteria that vital signs can show; the inequalities are strict: 36.0 C, 38.0 C,
 * 90 beats and 20 breaths score 0. Two digits of temperature, as recorded, because a strict inequality has no gap.
 */
export const SIRS_CHART = {
  temperature: chart(2, [35.99, 1], [38.0, 0], [REST, 1]),
  heart_rate: chart(0, [90, 0], [REST, 1]),
  respiratory_rate: chart(0, [20, 0], [REST, 1]),
};

/**
 * MEWS (Subbe, QJM 2001). A heart rate of exactly 40 scores 1 as there (40-50); the openEHR guideline gives it 2.
 * New confusion, which AVPU lacks, scores as voice, as in that guideline.
 */
export const MEWS_CHART = {
  systolic_bp: chart(0, [70, 3], [80, 2], [100, 1], [199, 0], [REST, 2]),
  heart_rate: chart(0, [39, 2], [50, 1], [100, 0], [110, 1], [129, 2], [REST, 3]),
  respiratory_rate: chart(0, [8, 2], [14, 0], [20, 1], [29, 2], [REST, 3]),
  temperature: chart(1, [34.9, 2], [38.4, 0], [REST, 2]),
};
export const MEWS_CONSCIOUSNESS_POINTS = { A: 0, C: 1, V: 1, P: 2, U: 3 } as const;

/** Adult resting heart rate, beats per minute (American Heart Association: 60 to 100). */
export const HEART_RATE_CATEGORIES = chart(0, [59, 'bradycardia'], [100, 'normal'], [REST, 'tachycardia']);

/** Saturations that correspond to the usual grades of hypoxaemia by PaO2: 60-79, 40-59 and below 40 mmHg. */
export const SPO2_CATEGORIES = chart(
  0,
  [74, 'severe_hypoxaemia'],
  [89, 'moderate_hypoxaemia'],
  [94, 'mild_hypoxaemia'],
  [REST, 'normal'],
);

/** Degrees Celsius: hypothermia below 35.0 (ERC, NICE), fever from 38.0 (NICE); low and high fever as NEWS2's bands. */
export const TEMPERATURE_CATEGORIES = chart(
  1,
  [34.9, 'hypothermia'],
  [36.0, 'low'],
  [37.9, 'normal'],
  [39.0, 'fever'],
  [REST, 'high_fever'],
);

/** mg/dL (ADA Standards of Care: level 2 and 1 hypoglycaemia below 54 and 70; time above range from 181 and 251). */
export const GLUCOSE_CATEGORIES = chart(
  1,
  [53.9, 'severe_hypoglycaemia'],
  [69.9, 'hypoglycaemia'],
  [180.0, 'normal'],
  [250.0, 'hyperglycaemia'],
  [REST, 'severe_hyperglycaemia'],
);
