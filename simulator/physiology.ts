import type { Consciousness } from '../transforms/reading.js';
import { createBaseline } from './baseline.js';
import { HEART_RATE_RHYTHM, minuteOfDay, SLEEP_RHYTHM, TEMPERATURE_RHYTHM } from './circadian.js';
import { treatedIntensity, type Episode } from './episodes.js';
import {
  advanceFactors,
  FACTORS,
  FEVER,
  FEVER_IN_TEMPERATURE,
  FEVER_LOADINGS,
  loadingsOf,
  startFactors,
  STATE_SIZE,
  type FactorStep,
} from './factors.js';
import type { Patient } from './patients.js';
import type { Profile, VitalShift } from './profiles.js';
import { Random } from './random.js';
import { BREATH_SKEW, PRESSURE_SKEW, skewed, TEMPERATURE_SKEW } from './skew.js';
import { effectAt, REMEDIES } from './treatment/intervention.js';
import type { VitalSigns } from './vital-signs.js';

const HEART = loadingsOf('heart_rate');
const BREATH = loadingsOf('respiratory_rate');
const SYSTOLIC = loadingsOf('systolic_bp');
const DIASTOLIC = loadingsOf('diastolic_bp');
const SATURATION = loadingsOf('spo2');
const WARMTH = loadingsOf('temperature');

/** Least pulse pressure of the model, mmHg. */
const LEAST_PULSE_PRESSURE = 12;

/** Intensity of low glucose that shows: sweating, a fast heart. */
const GLUCOSE_CHECKS_FROM = 0.25;

/** Middle of the target range of oxygen (British Thoracic Society 2017: 94-98 %, 88-92 % for those who retain CO2). */
const OXYGEN_TARGET = { 1: 96, 2: 90 } as const;

/** Share of the way to the target that oxygen makes good. */
const OXYGEN_GAIN = 0.7;

/** Places behind the factors: usual levels, then within-patient SDs, each in the order of {@link packed}. */
const LEVEL = STATE_SIZE;
const SPREAD = STATE_SIZE + 7;

/** Numbers that one patient's physiology takes. */
export const PHYSIOLOGY_SIZE = STATE_SIZE + 14;

/**
 * How a patient's vital signs really are: baseline + factors (factors.ts) + daily rhythm + the episode that is on.
 *
 * The numbers of all patients may lie in one block of memory, so that a hospital walks through it in one direction:
 * scattered, they cost more time than the arithmetic.
 */
export class Physiology {
  /** Milliseconds between the patient's glucose measurements. */
  readonly glucosePeriod: number;
  private readonly profile: Profile;
  private readonly chronotype: number;
  private readonly usualOxygen: boolean;
  private readonly oxygenTarget: number;
  private readonly usualConsciousness: Consciousness;
  private readonly random: Random;
  private started = false;

  /**
   * @param memory of {@link PHYSIOLOGY_SIZE} numbers from `at` on, for this patient alone
   */
  constructor(
    patient: Patient,
    seed: string,
    private readonly memory = new Float64Array(PHYSIOLOGY_SIZE),
    private readonly at = 0,
  ) {
    const baseline = createBaseline(patient, new Random(seed, patient.number, 'baseline'));
    this.glucosePeriod = baseline.glucosePeriod;
    this.profile = baseline.profile;
    this.chronotype = baseline.chronotype;
    this.usualOxygen = baseline.supplemental_oxygen;
    this.usualConsciousness = baseline.consciousness;
    this.oxygenTarget = OXYGEN_TARGET[patient.spo2_scale];
    this.random = new Random(seed, patient.number, 'physiology');
    startFactors(memory, at, this.random);
    memory.set(packed(baseline), at + LEVEL);
    memory.set(
      packed(baseline.profile.within).map((sd) => sd * baseline.variability),
      at + SPREAD,
    );
  }

  /**
   * Moves to a time, one step after the last; the first call shows the stationary state.
   * @param time epoch ms
   * @param step of the length between two calls
   * @param episode that is on, if any
   * @param vitals filled with the state at that time
   */
  advance(time: number, step: FactorStep, episode: Episode | null, vitals: VitalSigns): void {
    if (this.started) advanceFactors(this.memory, this.at, step, this.random);
    this.started = true;
    this.vary(vitals);
    this.followTheDay(time, vitals);
    vitals.supplemental_oxygen = this.usualOxygen;
    vitals.consciousness = this.usualConsciousness;
    vitals.glucose_checks = false;
    if (episode !== null) {
      this.deteriorate(episode, time, vitals);
      this.respond(episode, time, vitals);
    }
    keepAlive(vitals);
  }

  private vary(vitals: VitalSigns): void {
    const { memory, at } = this;
    let warmth = FEVER_IN_TEMPERATURE * (memory[at + FEVER] as number);
    let heart = 0;
    let breath = 0;
    let systolic = 0;
    let diastolic = 0;
    let saturation = 0;
    for (let i = 0; i < FACTORS.length; i++) {
      const value = memory[at + i] as number;
      heart += (HEART[i] as number) * value;
      breath += (BREATH[i] as number) * value;
      systolic += (SYSTOLIC[i] as number) * value;
      diastolic += (DIASTOLIC[i] as number) * value;
      saturation += (SATURATION[i] as number) * value;
      warmth += (WARMTH[i] as number) * value;
    }
    vitals.heart_rate = this.about(0, skewed(heart + FEVER_LOADINGS.heart_rate * warmth));
    vitals.respiratory_rate = this.about(1, skewed(breath + FEVER_LOADINGS.respiratory_rate * warmth, BREATH_SKEW));
    vitals.systolic_bp = this.about(2, skewed(systolic, PRESSURE_SKEW));
    vitals.diastolic_bp = this.about(3, skewed(diastolic + FEVER_LOADINGS.diastolic_bp * warmth, PRESSURE_SKEW));
    vitals.temperature = this.about(4, skewed(warmth, TEMPERATURE_SKEW));
    vitals.spo2 = this.about(5, saturation);
    vitals.glucose = this.about(6, memory[at] as number);
  }

  /** The patient's usual level of a vital (its place in {@link packed}), so many SDs off. */
  private about(vital: number, deviation: number): number {
    const { memory, at } = this;
    return (memory[at + LEVEL + vital] as number) + (memory[at + SPREAD + vital] as number) * deviation;
  }

  private followTheDay(time: number, vitals: VitalSigns): void {
    const { circadian, sleepDip } = this.profile;
    const minute = minuteOfDay(time, this.chronotype);
    const sleep = SLEEP_RHYTHM[minute] as number;
    vitals.temperature += circadian.temperature * (TEMPERATURE_RHYTHM[minute] as number);
    vitals.heart_rate += circadian.heart_rate * (HEART_RATE_RHYTHM[minute] as number);
    vitals.systolic_bp -= sleepDip.systolic_bp * sleep;
    vitals.diastolic_bp -= sleepDip.diastolic_bp * sleep;
  }

  private deteriorate(episode: Episode, time: number, vitals: VitalSigns): void {
    const { early, late, glucoseTowards, confusionFrom, voiceFrom, irregularity } = episode.scenario;
    const now = treatedIntensity(episode, time);
    const square = now * now;
    vitals.heart_rate += now * (early.heart_rate ?? 0) + square * (late.heart_rate ?? 0);
    vitals.respiratory_rate += now * (early.respiratory_rate ?? 0) + square * (late.respiratory_rate ?? 0);
    vitals.systolic_bp += now * (early.systolic_bp ?? 0) + square * (late.systolic_bp ?? 0);
    vitals.diastolic_bp += now * (early.diastolic_bp ?? 0) + square * (late.diastolic_bp ?? 0);
    vitals.temperature += now * (early.temperature ?? 0) + square * (late.temperature ?? 0);
    vitals.spo2 += now * (early.spo2 ?? 0) + square * (late.spo2 ?? 0);
    vitals.glucose += now * (early.glucose ?? 0) + square * (late.glucose ?? 0);
    if (irregularity > 0) vitals.heart_rate += now * irregularity * this.random.normal();
    if (glucoseTowards !== null) {
      vitals.glucose += now * (2 - now) * (glucoseTowards - vitals.glucose);
      vitals.glucose_checks = now >= GLUCOSE_CHECKS_FROM;
    }
    if (now >= confusionFrom && vitals.consciousness === 'A') vitals.consciousness = 'C';
    if (now >= voiceFrom) vitals.consciousness = 'V';
  }

  /** What the interventions do besides easing the episode. Oxygen is titrated to the patient's target. */
  private respond(episode: Episode, time: number, vitals: VitalSigns): void {
    for (const intervention of episode.interventions) {
      const effect = effectAt(intervention, time);
      if (effect === 0) continue;
      const remedy = REMEDIES[intervention.kind];
      vitals.systolic_bp += effect * remedy.systolic_bp;
      vitals.diastolic_bp += effect * remedy.diastolic_bp;
      vitals.heart_rate += effect * remedy.heart_rate;
      if (intervention.kind !== 'oxygen') continue;
      vitals.supplemental_oxygen = true;
      const wanting = this.oxygenTarget - vitals.spo2;
      if (wanting > 0) vitals.spo2 += effect * OXYGEN_GAIN * wanting;
    }
  }
}

function packed(vitals: VitalShift): number[] {
  const { heart_rate, respiratory_rate, systolic_bp, diastolic_bp, temperature, spo2, glucose } = vitals;
  return [heart_rate, respiratory_rate, systolic_bp, diastolic_bp, temperature, spo2, glucose];
}

/** Limits that the linear model could leave: what a living patient shows. */
function keepAlive(vitals: VitalSigns): void {
  vitals.heart_rate = clamped(vitals.heart_rate, 24, 220);
  vitals.respiratory_rate = clamped(vitals.respiratory_rate, 3, 60);
  vitals.systolic_bp = clamped(vitals.systolic_bp, 45, 250);
  vitals.diastolic_bp = clamped(vitals.diastolic_bp, 24, vitals.systolic_bp - LEAST_PULSE_PRESSURE);
  vitals.temperature = clamped(vitals.temperature, 32, 42);
  vitals.spo2 = clamped(vitals.spo2, 50, 100);
  vitals.glucose = clamped(vitals.glucose, 25, 600);
}

function clamped(value: number, low: number, high: number): number {
  return value < low ? low : value > high ? high : value;
}
