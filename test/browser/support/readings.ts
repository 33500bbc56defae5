import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hospital } from './browser.js';

/** A monitor of the tests: JSON v1 messages in a file that appears in the landing folder as a whole. */
export async function land(name: string, readings: readonly Readonly<Record<string, unknown>>[]): Promise<void> {
  const { folder, landing } = hospital();
  const lines = readings.map((reading) => JSON.stringify({ version: 1, ...reading }) + '\n').join('');
  await writeFile(join(folder, name), lines);
  await rename(join(folder, name), join(landing, name));
}

/**
 * An opioid's respiratory depression, told in a few readings: breathing slows, saturation falls below 85%. Ends now.
 *
 * @param where identity, ward and bed of the patient
 */
export function respiratoryDepression(
  where: Readonly<Record<string, unknown>>,
  now: number,
): Record<string, unknown>[] {
  const course = [
    [14, 97],
    [11, 94],
    [9, 90],
    [7, 86],
    [6, 82],
  ] as const;
  return course.map(([respiratory_rate, spo2], step) => ({
    ...where,
    event_time: new Date(now - (course.length - 1 - step) * 1_000).toISOString(),
    sequence: step,
    heart_rate: 62,
    respiratory_rate,
    spo2,
    systolic_bp: 112,
    diastolic_bp: 68,
    temperature: 36.7,
    supplemental_oxygen: false,
    consciousness: 'A',
  }));
}
