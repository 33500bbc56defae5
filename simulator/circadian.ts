const MINUTES_PER_DAY = 1440;
const MINUTE = 60_000;

/** Clock hours of the highest temperature and heart rate; the lowest is twelve hours away (Chronobiol Int 2019). */
const WARMEST_HOUR = 19;
const FASTEST_HOUR = 16;

/** Sleep, clock hours, and how long falling asleep and waking take. */
const SLEEP_FROM_HOUR = 23;
const SLEEP_TO_HOUR = 6.5;
const SLEEP_EDGE_HOURS = 0.5;

function table(shape: (hour: number) => number): Float64Array {
  const values = Float64Array.from({ length: MINUTES_PER_DAY }, (_, minute) => shape(minute / 60));
  const mean = values.reduce((sum, value) => sum + value, 0) / MINUTES_PER_DAY;
  return values.map((value) => value - mean);
}

function cosine(peakHour: number): (hour: number) => number {
  return (hour) => Math.cos(((hour - peakHour) * Math.PI) / 12);
}

function sleeping(hour: number): number {
  const sinceMidday = (hour + 12) % 24;
  const asleep = 1 / (1 + Math.exp(-(sinceMidday - (SLEEP_FROM_HOUR - 12)) / SLEEP_EDGE_HOURS));
  const awake = 1 / (1 + Math.exp(-(sinceMidday - (SLEEP_TO_HOUR + 12)) / SLEEP_EDGE_HOURS));
  return asleep - awake;
}

/** Daily rhythms by minute of the day, each with mean 0: temperature and heart rate from -1 to 1. */
export const TEMPERATURE_RHYTHM = table(cosine(WARMEST_HOUR));
export const HEART_RATE_RHYTHM = table(cosine(FASTEST_HOUR));

/** How deep the sleep, by minute of the day: from about 0 awake to 1 asleep, less its mean. */
export const SLEEP_RHYTHM = table(sleeping);

/**
 * Index into the rhythms.
 * @param time epoch ms; the hospital's clock is UTC
 * @param chronotype minutes by which the patient's day runs late
 */
export function minuteOfDay(time: number, chronotype: number): number {
  const minutes = Math.floor(time / MINUTE) - chronotype;
  return minutes - MINUTES_PER_DAY * Math.floor(minutes / MINUTES_PER_DAY);
}
