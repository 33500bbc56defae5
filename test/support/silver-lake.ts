import { simulateCohort } from '../../cli/evaluation/cohort.js';
import { VITAL_NAMES } from '../../schema/vitals.js';
import type { AlertRow } from '../../schema/tables/gold-alerts.js';
import type { SilverRow } from '../../schema/tables/silver-patient-vitals.js';
import { createPatients } from '../../simulator/patients.js';
import { counts, manifest } from '../query/fixture-lake.js';
import { bronzeRow, dateOf, silverRow } from '../query/fixture-rows.js';
import { writeWithLake } from '../query/written-lake.js';

/** The first day of the silver of these lakes. */
export const SILVER_FROM = Date.UTC(2026, 9, 5);

/** What is in silver: simulated patients who stay well. */
export interface SilverOptions {
  readonly patients: number;
  readonly hours: number;
  readonly intervalMs: number;
}

/** Silver of simulated patients who stay well, one version a reading. */
export function simulatedSilver({ patients, hours, intervalMs }: SilverOptions): SilverRow[] {
  const cohort = simulateCohort({
    people: createPatients('silver', patients),
    seed: 'silver',
    from: SILVER_FROM,
    to: SILVER_FROM + hours * 3_600_000,
    intervalMs,
    scenario: { kind: 'none', share: 0 },
  });
  return Array.from({ length: cohort.count }, (_, i) => {
    const reading = cohort.reading(i);
    const { event_time, patient_id, ward, age, supplemental_oxygen } = reading;
    const vitals = Object.fromEntries(VITAL_NAMES.map((name) => [name, reading[name]]));
    return silverRow({
      ...{ reading_id: `reading ${i}`, content_hash: `${i}`, event_date: dateOf(event_time) },
      ...{ event_time, patient_id, ward, age, supplemental_oxygen, ...vitals },
    });
  });
}

/** Writes a lake of such silver with the lake's own writer. */
export async function writeSilverLake(
  root: string,
  silver: readonly SilverRow[],
  alerts: readonly AlertRow[] = [],
): Promise<void> {
  const rows = { bronze: [bronzeRow({})], silver, dead: [], alerts, summary: [], hourly: [], wards: [] };
  await writeWithLake(root, { ...rows, totals: counts({}), manifest: manifest({}), sequence: 1 } as never);
}
