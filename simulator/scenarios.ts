import type { VitalShift } from './profiles.js';
import type { InterventionKind } from './treatment/intervention.js';

export const EPISODE_KINDS = [
  'sepsis',
  'haemorrhage',
  'respiratory_depression',
  'hypoxia',
  'arrhythmia',
  'hypoglycaemia',
  'recovery',
] as const;

export type EpisodeKind = (typeof EPISODE_KINDS)[number];

/** Least and greatest length of a phase, hours. */
type Phase = readonly [number, number];

/** When an episode calls for what. */
export interface Treatment {
  readonly kind: InterventionKind;
  /** Intensity (0 to 1, times severity) that calls for it. */
  readonly from: number;
  /** Multiplies the ward's delay: below 1 what is done at once, above 1 what must be prescribed. */
  readonly delay: number;
}

/** A way to deteriorate: how it runs, and what it does at full intensity. */
export interface Scenario {
  readonly kind: EpisodeKind;
  /** Onset to full intensity, at full intensity, and back to normal. */
  readonly worsening: Phase;
  readonly plateau: Phase;
  readonly recovery: Phase;
  /** Change of the vitals in proportion to intensity, and to its square: what the body compensates at first. */
  readonly early: Partial<VitalShift>;
  readonly late: Partial<VitalShift>;
  /** Glucose (mg/dL) that it pulls towards, whatever is usual for the patient; null leaves it. */
  readonly glucoseTowards: number | null;
  /** In order of urgency. */
  readonly treatments: readonly Treatment[];
  /** Intensity (0 to 1, times severity) from which the patient is newly confused, and responds to voice only. */
  readonly confusionFrom: number;
  readonly voiceFrom: number;
  /** Beat-to-beat irregularity at full intensity: SD of heart rate from one reading to the next, per minute. */
  readonly irregularity: number;
  /** Whether a patient who is given it by choice is already at full intensity at the start. */
  readonly beginsIll: boolean;
}

const NO_GLUCOSE_CHANGE = { glucoseTowards: null, beginsIll: false } as const;

/**
 * What each episode does. Courses follow the textbook order (sepsis: fever, fast heart and breath, then pressure;
 * haemorrhage: ATLS classes, weaker, as real data show, Crit Care 2016 s13054-016-1265-x; opioids: PRODIGY, RR <= 5 or
 * SpO2 <= 85). The numbers are plausible, not fitted, and no claim about detection follows from them.
 */
export const SCENARIOS: Readonly<Record<EpisodeKind, Scenario>> = {
  sepsis: {
    kind: 'sepsis',
    worsening: [3, 8],
    plateau: [3, 10],
    recovery: [8, 20],
    early: { temperature: 2, heart_rate: 36, respiratory_rate: 10, spo2: -3, glucose: 35 },
    late: { systolic_bp: -30, diastolic_bp: -16, respiratory_rate: 4, spo2: -3 },
    ...NO_GLUCOSE_CHANGE,
    treatments: [oxygen(0.55), treat('fluids', 0.4, 1), treat('antibiotics', 0.4, 1.5)],
    confusionFrom: 0.75,
    voiceFrom: 0.95,
    irregularity: 0,
  },
  haemorrhage: {
    kind: 'haemorrhage',
    worsening: [0.4, 2],
    plateau: [0.3, 1.5],
    recovery: [1.5, 5],
    early: { heart_rate: 45, respiratory_rate: 9, diastolic_bp: 4, temperature: -0.4 },
    late: { heart_rate: 8, systolic_bp: -46, diastolic_bp: -22, respiratory_rate: 5, spo2: -2 },
    ...NO_GLUCOSE_CHANGE,
    treatments: [treat('fluids', 0.4, 0.4), oxygen(0.7)],
    confusionFrom: 0.8,
    voiceFrom: 0.95,
    irregularity: 0,
  },
  respiratory_depression: {
    kind: 'respiratory_depression',
    worsening: [0.15, 0.6],
    plateau: [0.2, 0.8],
    recovery: [0.1, 0.4],
    early: { respiratory_rate: -9.5, heart_rate: -6, systolic_bp: -8, diastolic_bp: -5 },
    late: { spo2: -13, systolic_bp: -6 },
    ...NO_GLUCOSE_CHANGE,
    treatments: [treat('naloxone', 0.7, 0.2), { ...oxygen(0.55), delay: 0.15 }],
    confusionFrom: 0.5,
    voiceFrom: 0.6,
    irregularity: 0,
  },
  hypoxia: {
    kind: 'hypoxia',
    worsening: [0.3, 1.5],
    plateau: [0.8, 4],
    recovery: [0.7, 3],
    early: { spo2: -8, respiratory_rate: 9, heart_rate: 18 },
    late: { spo2: -4, heart_rate: 8, systolic_bp: 8, diastolic_bp: 5 },
    ...NO_GLUCOSE_CHANGE,
    treatments: [oxygen(0.4)],
    confusionFrom: 0.85,
    voiceFrom: 1.1,
    irregularity: 0,
  },
  arrhythmia: {
    kind: 'arrhythmia',
    worsening: [0.003, 0.01],
    plateau: [0.15, 3],
    recovery: [0.005, 0.05],
    early: { heart_rate: 68, respiratory_rate: 4, systolic_bp: -18, diastolic_bp: -6, spo2: -1 },
    late: { systolic_bp: -10 },
    ...NO_GLUCOSE_CHANGE,
    treatments: [treat('rate_control', 0.5, 0.6), oxygen(0.8)],
    confusionFrom: 0.95,
    voiceFrom: 1.1,
    irregularity: 9,
  },
  // Sulphonylurea or insulin: sweating, a fast heart, then confusion. Below 70 mg/dL is low, below 54 is serious (ADA).
  hypoglycaemia: {
    kind: 'hypoglycaemia',
    worsening: [0.5, 1.5],
    plateau: [0.5, 2],
    recovery: [0.5, 1.5],
    early: { heart_rate: 16, systolic_bp: 10, respiratory_rate: 2, temperature: -0.4 },
    late: {},
    glucoseTowards: 38,
    treatments: [treat('glucose', 0.5, 0.6)],
    confusionFrom: 0.6,
    voiceFrom: 0.85,
    irregularity: 0,
    beginsIll: false,
  },
  // Admitted ill (pneumonia, say) and under treatment, which the course already holds: gets better over a day or so.
  recovery: {
    kind: 'recovery',
    worsening: [1, 2],
    plateau: [1, 4],
    recovery: [12, 30],
    early: { temperature: 1.4, heart_rate: 26, respiratory_rate: 9, spo2: -5, glucose: 20 },
    late: { systolic_bp: -16, diastolic_bp: -8, spo2: -2 },
    glucoseTowards: null,
    treatments: [oxygen(0.4)],
    confusionFrom: 0.9,
    voiceFrom: 1.1,
    irregularity: 0,
    beginsIll: true,
  },
};

function treat(kind: InterventionKind, from: number, delay: number): Treatment {
  return { kind, from, delay };
}

function oxygen(from: number): Treatment {
  return { kind: 'oxygen', from, delay: 0.35 };
}
