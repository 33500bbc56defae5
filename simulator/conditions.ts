import type { VitalShift } from './profiles.js';

/** A long-standing condition: how common it is, and how it shifts a patient's usual vital signs. */
export interface Condition {
  readonly name: string;
  /** Prevalence among patients aged 40 and 80; linear between, and never below 0. */
  readonly at40: number;
  readonly at80: number;
  /** Multiplies the prevalence on a ward that treats it. */
  readonly wards: Readonly<Record<string, number>>;
  readonly shift: Partial<VitalShift>;
}

/** Common comorbidities of hospital inpatients. Prevalences and shifts are plausible, not measured. */
export const CONDITIONS: readonly Condition[] = [
  { name: 'anaemia', at40: 0.06, at80: 0.16, wards: {}, shift: { heart_rate: 5 } },
  { name: 'asthma', at40: 0.09, at80: 0.06, wards: { RESP: 2 }, shift: { respiratory_rate: 1 } },
  {
    name: 'atrial fibrillation',
    at40: 0.02,
    at80: 0.2,
    wards: { CARD: 2.5, ICU: 1.5 },
    shift: { heart_rate: 7, systolic_bp: -3 },
  },
  { name: 'cancer', at40: 0.04, at80: 0.14, wards: { SURG: 1.5 }, shift: { heart_rate: 3 } },
  { name: 'chronic kidney disease', at40: 0.04, at80: 0.25, wards: {}, shift: { systolic_bp: 5, diastolic_bp: 2 } },
  {
    name: 'chronic obstructive pulmonary disease',
    at40: 0.02,
    at80: 0.14,
    wards: { RESP: 4, MED: 1.2 },
    shift: { respiratory_rate: 1.5, heart_rate: 3, spo2: -1.2 },
  },
  { name: 'coronary artery disease', at40: 0.04, at80: 0.28, wards: { CARD: 2.5 }, shift: { heart_rate: -3 } },
  { name: 'dementia', at40: 0, at80: 0.16, wards: { MED: 1.3 }, shift: {} },
  { name: 'epilepsy', at40: 0.02, at80: 0.02, wards: { NEURO: 8 }, shift: {} },
  {
    name: 'heart failure',
    at40: 0.01,
    at80: 0.16,
    wards: { CARD: 3 },
    shift: { heart_rate: 4, respiratory_rate: 1, systolic_bp: -4, spo2: -0.4 },
  },
  { name: 'hypertension', at40: 0.2, at80: 0.65, wards: {}, shift: { systolic_bp: 8, diastolic_bp: 4 } },
  { name: 'obesity', at40: 0.28, at80: 0.22, wards: {}, shift: { systolic_bp: 3, diastolic_bp: 2, spo2: -0.3 } },
  {
    name: 'pneumonia',
    at40: 0.02,
    at80: 0.05,
    wards: { RESP: 6, ICU: 4, MED: 2 },
    shift: { respiratory_rate: 1.5, temperature: 0.3, heart_rate: 3, spo2: -0.8 },
  },
  { name: 'stroke', at40: 0.01, at80: 0.1, wards: { NEURO: 5 }, shift: { systolic_bp: 4 } },
  { name: 'type 2 diabetes', at40: 0.08, at80: 0.26, wards: {}, shift: { glucose: 62 } },
];

/** Names that the rest of the simulator asks for. */
export const COPD = 'chronic obstructive pulmonary disease';
export const DIABETES = 'type 2 diabetes';

/** The chance that a patient of this age on this ward has the condition, at most 0.9. */
export function prevalence(condition: Condition, age: number, ward: string): number {
  const linear = condition.at40 + ((condition.at80 - condition.at40) * (age - 40)) / 40;
  return Math.min(0.9, Math.max(0, linear) * (condition.wards[ward] ?? 1));
}
