import type { Consciousness } from '../transforms/reading.js';
import { CONDITIONS, DIABETES } from './conditions.js';
import type { Patient } from './patients.js';
import { PROFILES, type Profile, type VitalShift } from './profiles.js';
import type { Random } from './random.js';
import { BREATH_SKEW, PRESSURE_SKEW, skewed, TEMPERATURE_SKEW } from './skew.js';
import { wardOf } from './wards.js';

/** What is usual for one patient: the level that the vital signs vary about. */
export interface Baseline extends VitalShift {
  readonly profile: Profile;
  /** Multiplies the within-patient SDs: some patients vary more. */
  readonly variability: number;
  readonly supplemental_oxygen: boolean;
  readonly consciousness: Consciousness;
  /** Minutes by which the patient's day runs late. */
  readonly chronotype: number;
  /** Milliseconds between glucose measurements. */
  readonly glucosePeriod: number;
}

/**
 * Rise per degree between patients; with the smaller rise within a patient (factors.ts) about +6 beats and +1.35 breaths a
 * minute over all (+5.4 to +7.2 and +1.2 to +1.4: PhysioNet 2012; Jensen, Acute Med 2019).
 */
const BEATS_PER_DEGREE = 10;
const BREATHS_PER_DEGREE = 1.5;

/**
 * For the correlations of patients' means (PhysioNet 2012): systolic with diastolic .48, heart rate with respiration .33,
 * with systolic -.14, with diastolic .24. Fever and conditions do the rest.
 */
const DIASTOLIC_WITH_SYSTOLIC = 0.54;
const RESPIRATION_WITH_HEART = 0.27;
const SYSTOLIC_WITH_HEART = -0.2;
const DIASTOLIC_WITH_HEART = 0.3;

/** Usual saturation of a carbon dioxide retainer, within the target range 88-92 %. */
const HYPERCAPNIC_SPO2 = { mean: 90, sd: 1 } as const;

/** SD of the logarithm of variability, and of the chronotype in minutes. */
const VARIABILITY_SD = 0.25;
const CHRONOTYPE_SD = 30;

/** Share of intensive care patients who are sedated. */
const SEDATED = 0.15;

/** Fingerstick every 4 hours; a continuous sensor every 5 minutes for some diabetics. */
const FINGERSTICK_PERIOD = 4 * 3_600_000;
const SENSOR_PERIOD = 5 * 60_000;
const SENSOR_SHARE = 0.3;

/** Draws a patient's usual vital signs from the ward's profile, shifted by age, pregnancy and conditions. */
export function createBaseline(patient: Patient, random: Random): Baseline {
  const ward = wardOf(patient.ward);
  const profile = PROFILES[ward.profile];
  const usual = shifted(drawn(profile, random), patient);
  const saturation = random.normal();
  const hypercapnic = HYPERCAPNIC_SPO2.mean + HYPERCAPNIC_SPO2.sd * saturation;
  const spo2 = Math.min(99.3, usual.spo2 - profile.between.spo2 * Math.abs(saturation));
  return {
    ...usual,
    spo2: patient.spo2_scale === 2 ? hypercapnic : spo2,
    profile,
    variability: Math.exp(VARIABILITY_SD * random.normal()),
    supplemental_oxygen: random.uniform() < ward.oxygen,
    consciousness: random.uniform() < SEDATED && ward.profile === 'intensive' ? 'V' : 'A',
    chronotype: Math.round(CHRONOTYPE_SD * random.normal()),
    glucosePeriod:
      random.uniform() < SENSOR_SHARE && patient.conditions.includes(DIABETES) ? SENSOR_PERIOD : FINGERSTICK_PERIOD,
  };
}

function drawn({ mean, between }: Profile, random: Random): VitalShift {
  const warmth = between.temperature * skewed(random.normal(), TEMPERATURE_SKEW);
  const pressure = random.normal();
  const drive = random.normal();
  const breath = mixed(RESPIRATION_WITH_HEART, drive, random.normal());
  const systolic = mixed(SYSTOLIC_WITH_HEART, drive, pressure);
  const diastolic = mixed(DIASTOLIC_WITH_HEART, drive, mixed(DIASTOLIC_WITH_SYSTOLIC, pressure, random.normal()));
  return {
    temperature: mean.temperature + warmth,
    heart_rate: mean.heart_rate + BEATS_PER_DEGREE * warmth + between.heart_rate * skewed(drive),
    respiratory_rate:
      mean.respiratory_rate + BREATHS_PER_DEGREE * warmth + between.respiratory_rate * skewed(breath, BREATH_SKEW),
    systolic_bp: mean.systolic_bp + between.systolic_bp * skewed(systolic, PRESSURE_SKEW),
    diastolic_bp: mean.diastolic_bp + between.diastolic_bp * skewed(diastolic, PRESSURE_SKEW),
    spo2: mean.spo2 + 0.5 * between.spo2,
    glucose: mean.glucose + between.glucose * random.normal(),
  };
}

function mixed(correlation: number, shared: number, own: number): number {
  return correlation * shared + Math.sqrt(1 - correlation * correlation) * own;
}

/** Adds what age, pregnancy and conditions do; the ICU's profile was measured with them, so there they count for half. */
function shifted(usual: VitalShift, patient: Patient): VitalShift {
  const weight = wardOf(patient.ward).profile === 'intensive' ? 0.5 : 1;
  const sum = { ...usual };
  const add = (shift: Partial<VitalShift>, share: number): void => {
    for (const [vital, value] of Object.entries(shift)) sum[vital as keyof VitalShift] += share * value;
  };
  for (const condition of CONDITIONS) {
    if (patient.conditions.includes(condition.name)) add(condition.shift, weight);
  }
  add(ageShift(patient.age), weight);
  if (patient.baseline !== undefined) add(patient.baseline, 1);
  if (patient.pregnant) add({ heart_rate: 10, systolic_bp: -4, diastolic_bp: -4, respiratory_rate: 0.5 }, 1);
  return sum;
}

/** A child's heart and breathing are faster and the pressure lower; with age the systolic rises and diastolic falls. */
function ageShift(age: number): Partial<VitalShift> {
  if (age < 16) {
    const younger = 16 - age;
    return {
      heart_rate: 3 * younger,
      respiratory_rate: 0.8 * younger,
      systolic_bp: -2.2 * younger,
      diastolic_bp: -younger,
    };
  }
  const older = age - 60;
  return { systolic_bp: 0.22 * older, diastolic_bp: -0.08 * Math.max(0, older), heart_rate: -0.05 * older };
}
