import type { Consciousness } from '../reading.js';
import { BandLookup } from './bands.js';
import { packInterval } from './interval.js';
import {
  NEWS2_CHART,
  NEWS2_CONSCIOUSNESS_POINTS,
  NEWS2_OXYGEN_POINTS,
  NEWS2_RED_POINTS,
  type Chart,
} from './thresholds.js';

/** The parameters in the order of the chart, which is also that of `missing` and `points`. */
export const NEWS2_PARAMETERS = [
  'respiratory_rate',
  'spo2',
  'supplemental_oxygen',
  'systolic_bp',
  'heart_rate',
  'consciousness',
  'temperature',
] as const;
export type News2Parameter = (typeof NEWS2_PARAMETERS)[number];

/** What NEWS2 reads of a reading; null is missing, except that an unknown scale is 1 and an unknown age an adult's. */
export interface News2Input {
  readonly respiratory_rate: number | null;
  readonly spo2: number | null;
  readonly spo2_scale: 1 | 2 | null;
  readonly supplemental_oxygen: boolean | null;
  readonly systolic_bp: number | null;
  readonly heart_rate: number | null;
  readonly consciousness: Consciousness | null;
  readonly temperature: number | null;
  readonly age: number | null;
  readonly pregnant: boolean | null;
}

/**
 * A NEWS2, or one parameter's part of it, in one integer, so that scoring a reading allocates nothing: the interval in
 * bits 0-9, how many parameters are certainly red in bits 10-12, how many possibly in bits 13-15, which are missing in
 * bits 16-22. The score is the sum of its parameters.
 */
export type PackedNews2 = number;

/** Negative: why there is no score. The last is a reading that was withdrawn. */
export const UNDER_16: PackedNews2 = -1;
export const PREGNANT: PackedNews2 = -2;
export const NOT_SCORED: PackedNews2 = -3;

export const RED_CERTAIN = 7 << 10;
export const RED_POSSIBLE = 7 << 13;
export const MISSING_SHIFT = 16;

/** What each parameter adds to the score of a reading. */
export const PACK_PARAMETER: Readonly<Record<News2Parameter, (reading: News2Input) => PackedNews2>> = {
  respiratory_rate: ({ respiratory_rate: value }) => (value === null ? NO_RESPIRATION : RESPIRATION.at(value)),
  spo2: packSpo2,
  supplemental_oxygen: ({ supplemental_oxygen: oxygen }) => (oxygen === null ? NO_OXYGEN : oxygen ? OXYGEN : AIR),
  systolic_bp: ({ systolic_bp: value }) => (value === null ? NO_SYSTOLIC : SYSTOLIC.at(value)),
  heart_rate: ({ heart_rate: value }) => (value === null ? NO_HEART_RATE : HEART_RATE.at(value)),
  consciousness: ({ consciousness: state }) =>
    state === null ? NO_CONSCIOUSNESS : (CONSCIOUSNESS[state] as PackedNews2),
  temperature: ({ temperature: value }) => (value === null ? NO_TEMPERATURE : TEMPERATURE.at(value)),
};

/**
 * Scale 2 (hypercapnic respiratory failure) only where it is prescribed. On it, 93 and more scores 0 on air and 1-3 on
 * oxygen: with the gas unknown, air is the low bound and oxygen the high one.
 */
function packSpo2({ spo2, spo2_scale, supplemental_oxygen }: News2Input): PackedNews2 {
  if (spo2 === null) return NO_SPO2;
  if (spo2_scale !== 2) return SPO2_SCALE_1.at(spo2);
  if (supplemental_oxygen === null) return SPO2_ON_EITHER.at(spo2);
  return supplemental_oxygen ? SPO2_ON_OXYGEN.at(spo2) : SPO2_ON_AIR.at(spo2);
}

const RESPIRATION = known(NEWS2_CHART.respiratory_rate);
const SPO2_SCALE_1 = known(NEWS2_CHART.spo2_scale_1);
const SPO2_ON_AIR = known(NEWS2_CHART.spo2_scale_2_air);
const SPO2_ON_OXYGEN = known(NEWS2_CHART.spo2_scale_2_oxygen);
const SPO2_ON_EITHER = airToOxygen(NEWS2_CHART.spo2_scale_2_air, NEWS2_CHART.spo2_scale_2_oxygen);
const AIR = between(0, 0);
const OXYGEN = between(NEWS2_OXYGEN_POINTS, NEWS2_OXYGEN_POINTS);
const SYSTOLIC = known(NEWS2_CHART.systolic_bp);
const HEART_RATE = known(NEWS2_CHART.heart_rate);
const CONSCIOUSNESS = Object.fromEntries(
  Object.entries(NEWS2_CONSCIOUSNESS_POINTS).map(([state, points]) => [state, between(points, points)]),
) as Readonly<Record<Consciousness, PackedNews2>>;
const TEMPERATURE = known(NEWS2_CHART.temperature);

const NO_RESPIRATION = missing('respiratory_rate', mostOf(NEWS2_CHART.respiratory_rate));
const NO_SPO2 = missing('spo2', mostOf(NEWS2_CHART.spo2_scale_1));
const NO_OXYGEN = missing('supplemental_oxygen', NEWS2_OXYGEN_POINTS);
const NO_SYSTOLIC = missing('systolic_bp', mostOf(NEWS2_CHART.systolic_bp));
const NO_HEART_RATE = missing('heart_rate', mostOf(NEWS2_CHART.heart_rate));
const NO_CONSCIOUSNESS = missing('consciousness', Math.max(...Object.values(NEWS2_CONSCIOUSNESS_POINTS)));
const NO_TEMPERATURE = missing('temperature', mostOf(NEWS2_CHART.temperature));

/** A parameter whose points lie between `least` and `most`. */
function between(least: number, most: number): PackedNews2 {
  const certain = least >= NEWS2_RED_POINTS ? 1 << 10 : 0;
  const possible = most >= NEWS2_RED_POINTS ? 1 << 13 : 0;
  return packInterval(least, most) | certain | possible;
}

function missing(parameter: News2Parameter, most: number): PackedNews2 {
  return between(0, most) | (1 << (MISSING_SHIFT + NEWS2_PARAMETERS.indexOf(parameter)));
}

function known(chart: Chart<number>): BandLookup<PackedNews2> {
  return new BandLookup({ ...chart, bands: chart.bands.map(({ upTo, is }) => ({ upTo, is: between(is, is) })) });
}

function airToOxygen(air: Chart<number>, oxygen: Chart<number>): BandLookup<PackedNews2> {
  const onAir = new BandLookup(air);
  const bands = oxygen.bands.map(({ upTo, is }) => ({ upTo, is: between(onAir.at(upTo), is) }));
  return new BandLookup({ ...oxygen, bands });
}

function mostOf(chart: Chart<number>): number {
  return Math.max(...chart.bands.map((band) => band.is));
}
