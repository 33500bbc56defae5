import { mean } from './statistics.js';
import { isMissing, type Table } from './table.js';

const HOUR = 3_600_000;

/**
 * Mean of each hour of the day over all patients and days.
 * @param from epoch ms of the first sample; the hospital's clock is UTC
 * @param intervalMs between samples
 */
export function dailyCourse({ values, samples }: Table, from: number, intervalMs: number): Float64Array {
  const sums = new Float64Array(24);
  const counts = new Float64Array(24);
  const hours = Array.from({ length: samples }, (_, sample) => Math.floor((from + sample * intervalMs) / HOUR) % 24);
  for (let first = 0; first < values.length; first += samples) {
    for (let sample = 0; sample < samples; sample++) {
      const value = values[first + sample] as number;
      if (isMissing(value)) continue;
      const hour = hours[sample] as number;
      sums[hour] = (sums[hour] as number) + value;
      counts[hour] = (counts[hour] as number) + 1;
    }
  }
  return sums.map((sum, hour) => sum / (counts[hour] as number));
}

/**
 * Clock hour of the highest point of the first harmonic of a day (cosinor), from 0 to 24; the lowest is twelve hours away.
 * @param course 24 means, each standing for the middle of its hour
 */
export function peakHour(course: Float64Array): number {
  let cosine = 0;
  let sine = 0;
  course.forEach((value, hour) => {
    cosine += value * Math.cos(((hour + 0.5) * Math.PI) / 12);
    sine += value * Math.sin(((hour + 0.5) * Math.PI) / 12);
  });
  return ((Math.atan2(sine, cosine) * 12) / Math.PI + 24) % 24;
}

/** How much lower the mean is asleep (from 1 to 5 o'clock) than awake (from 10 to 22). */
export function sleepDip(course: Float64Array): number {
  return mean(course.slice(1, 5)) - mean(course.slice(10, 22));
}
