/** The vital signs that the model keeps, in the units of schema/vitals.ts. */
export interface VitalShift {
  readonly heart_rate: number;
  readonly respiratory_rate: number;
  readonly systolic_bp: number;
  readonly diastolic_bp: number;
  readonly temperature: number;
  readonly spo2: number;
  readonly glucose: number;
}

export type ProfileName = 'intensive' | 'intermediate' | 'general';

/** How the vital signs of patients at one level of care are spread. */
export interface Profile {
  /** Mean over patients, before age and conditions shift it. */
  readonly mean: VitalShift;
  /** SD between patients. */
  readonly between: VitalShift;
  /** SD within a patient over time, without circadian rhythm and episodes. */
  readonly within: VitalShift;
  /** Half the daily range of temperature (degrees Celsius) and heart rate (per minute). */
  readonly circadian: { readonly temperature: number; readonly heart_rate: number };
  /** Fall of blood pressure in sleep, mmHg. */
  readonly sleepDip: { readonly systolic_bp: number; readonly diastolic_bp: number };
}

/**
 * `intensive` is fitted, episodes and conditions included, to PhysioNet/CinC 2012 (7,996 ICU stays):
 * a slow process over 48 hours gives a part of its variance to the stay's mean, so `within` is above and `between`
 * below what is measured. `general`: NEWS2 >= 5 in about 10% of patients a day (BMJ Open 2022 e054027), SpO2 median
 * 98 (97-99); sleep dip -11/-8 mmHg (Morris, AJH 2013). ICU nights are disturbed, so its rhythms are weaker.
 */
export const PROFILES: Readonly<Record<ProfileName, Profile>> = {
  intensive: {
    mean: {
      heart_rate: 85.6,
      respiratory_rate: 19.25,
      systolic_bp: 116.2,
      diastolic_bp: 56.9,
      temperature: 37.02,
      spo2: 98.75,
      glucose: 125,
    },
    between: {
      heart_rate: 12,
      respiratory_rate: 3.4,
      systolic_bp: 15.8,
      diastolic_bp: 10.1,
      temperature: 0.46,
      spo2: 1.9,
      glucose: 20,
    },
    within: {
      heart_rate: 11.2,
      respiratory_rate: 3.6,
      systolic_bp: 14.1,
      diastolic_bp: 10,
      temperature: 0.645,
      spo2: 1,
      glucose: 22,
    },
    circadian: { temperature: 0.15, heart_rate: 1.5 },
    sleepDip: { systolic_bp: 4, diastolic_bp: 3 },
  },
  intermediate: {
    mean: {
      heart_rate: 82,
      respiratory_rate: 17,
      systolic_bp: 128,
      diastolic_bp: 71,
      temperature: 36.8,
      spo2: 98.2,
      glucose: 112,
    },
    between: {
      heart_rate: 11,
      respiratory_rate: 2,
      systolic_bp: 15,
      diastolic_bp: 9,
      temperature: 0.35,
      spo2: 0.9,
      glucose: 16,
    },
    within: {
      heart_rate: 5.5,
      respiratory_rate: 1.5,
      systolic_bp: 7,
      diastolic_bp: 6,
      temperature: 0.32,
      spo2: 0.6,
      glucose: 16,
    },
    circadian: { temperature: 0.22, heart_rate: 3 },
    sleepDip: { systolic_bp: 8, diastolic_bp: 6 },
  },
  general: {
    mean: {
      heart_rate: 80,
      respiratory_rate: 17,
      systolic_bp: 123,
      diastolic_bp: 73,
      temperature: 36.72,
      spo2: 98.75,
      glucose: 100,
    },
    between: {
      heart_rate: 12,
      respiratory_rate: 2,
      systolic_bp: 15,
      diastolic_bp: 8.5,
      temperature: 0.25,
      spo2: 1.1,
      glucose: 12,
    },
    within: {
      heart_rate: 6.5,
      respiratory_rate: 1.7,
      systolic_bp: 8.5,
      diastolic_bp: 6,
      temperature: 0.26,
      spo2: 0.55,
      glucose: 12,
    },
    circadian: { temperature: 0.28, heart_rate: 3.5 },
    sleepDip: { systolic_bp: 11, diastolic_bp: 8 },
  },
};
