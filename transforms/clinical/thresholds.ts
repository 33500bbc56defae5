/**
 * Every threshold of every score and category, once. The functions of this folder are compiled from it (bands.ts); the
 * view gold.carried_forward_news2, the dashboard's bands and docs/scores.md are rendered from it or import it, so that no
 * second copy can drift.
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

/**
 * The values of the first band that is `is`, both ends inclusive, at the precision of the chart; open ends are infinite.
 * @throws RangeError when the chart has no such band
 */
export function rangeOf<T>({ digits, bands }: Chart<T>, is: T): { readonly from: number; readonly to: number } {
  const index = bands.findIndex((band) => band.is === is);
  const band = bands[index];
  if (band === undefined) throw new RangeError(`The chart has no band ${String(is)}`);
  const before = bands[index - 1];
  const from = before === undefined ? -Infinity : Number((before.upTo + 10 ** -digits).toFixed(digits));
  return { from, to: band.upTo };
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
 * How old the last known value of a parameter may be and still count in a carried-forward NEWS2, seconds: the least
 * monitoring that NEWS2 asks for (RCP 2017), hourly for what a monitor measures all the time, 4-hourly for what is
 * measured or observed from time to time. Older is missing.
 */
export const CARRY_FORWARD_SECONDS = {
  respiratory_rate: 3_600,
  spo2: 3_600,
  supplemental_oxygen: 14_400,
  systolic_bp: 14_400,
  heart_rate: 3_600,
  consciousness: 14_400,
  temperature: 14_400,
} as const;

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
/** qSOFA: positive from here. */
export const QSOFA_POSITIVE = 2;

/**
 * SIRS (ACCP/SCCM 1992), the three criteria that vital signs can show; the inequalities are strict: 36.0 C, 38.0 C,
 * 90 beats and 20 breaths score 0. Two digits of temperature, as recorded, because a strict inequality has no gap.
 */
export const SIRS_CHART = {
  temperature: chart(2, [35.99, 1], [38.0, 0], [REST, 1]),
  heart_rate: chart(0, [90, 0], [REST, 1]),
  respiratory_rate: chart(0, [20, 0], [REST, 1]),
};
/** SIRS: present from here. */
export const SIRS_POSITIVE = 2;

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
/** MEWS: its trigger. */
export const MEWS_TRIGGER = 5;

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

/**
 * Degrees Celsius: hypothermia below 35.0, moderate below 32.0, severe below 28.0 (ERC); fever from 38.0 (NICE; the IDSA's
 * single 38.3 for intensive care is not used), hyperpyrexia from 41.0; low and high fever as NEWS2's bands.
 */
export const TEMPERATURE_CATEGORIES = chart(
  1,
  [27.9, 'severe_hypothermia'],
  [31.9, 'moderate_hypothermia'],
  [34.9, 'mild_hypothermia'],
  [36.0, 'low'],
  [37.9, 'normal'],
  [39.0, 'fever'],
  [40.9, 'high_fever'],
  [REST, 'hyperpyrexia'],
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

/**
 * Children (Advanced Paediatric Life Support): ranges of the awake child, both ends inclusive, by age in completed years.
 * APLS writes under 1, 1-2, 2-5, 5-12 and over 12 years: a birthday opens the older group.
 */
export const PAEDIATRIC_RANGES = [
  { upToYears: 0, heart_rate: [110, 160], respiratory_rate: [30, 40] },
  { upToYears: 1, heart_rate: [100, 150], respiratory_rate: [25, 35] },
  { upToYears: 4, heart_rate: [95, 140], respiratory_rate: [25, 30] },
  { upToYears: 11, heart_rate: [80, 120], respiratory_rate: [20, 25] },
  { upToYears: ADULT_AGE_YEARS - 1, heart_rate: [60, 100], respiratory_rate: [15, 20] },
] as const;

/** Children (APLS): lower limit of the systolic pressure, mmHg: 70 below one year, 70 + 2 x age to ten years, then 90. */
export const PAEDIATRIC_SYSTOLIC_LIMIT = { newborn: 70, aYear: 2, most: 90 } as const;
