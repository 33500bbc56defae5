import type { MeasuredVital } from './person.js';

/**
 * LOINC codes of observations.csv. Temperature and saturation are left out: Synthea records them only of those who are
 * ill (never below 37.0 degrees Celsius, never above 85%), so they say nothing of what is usual.
 */
export const MEASURED_CODES: ReadonlyMap<string, MeasuredVital> = new Map([
  ['8867-4', 'heart_rate'],
  ['9279-1', 'respiratory_rate'],
  ['8480-6', 'systolic_bp'],
  ['8462-4', 'diastolic_bp'],
  ['2339-0', 'glucose'],
  ['2345-7', 'glucose'],
]);

/** So many of the last measurements of a vital are averaged: of one visit a year, the last years. */
const KEPT = 3;

interface Measurement {
  readonly date: string;
  readonly value: number;
}

/** The last measurements of every vital of one person, in whatever order they come. */
export class LastMeasurements {
  private readonly kept = new Map<MeasuredVital, Measurement[]>();

  /** @param date ISO 8601, so that texts compare as times do */
  add(vital: MeasuredVital, date: string, value: number): void {
    const kept = this.kept.get(vital) ?? [];
    this.kept.set(vital, kept);
    let at = kept.length;
    while (at > 0 && (kept[at - 1] as Measurement).date > date) at--;
    kept.splice(at, 0, { date, value });
    if (kept.length > KEPT) kept.shift();
  }

  means(): Partial<Record<MeasuredVital, number>> {
    return Object.fromEntries(
      [...this.kept].map(([vital, kept]) => [vital, kept.reduce((sum, { value }) => sum + value, 0) / kept.length]),
    );
  }
}
