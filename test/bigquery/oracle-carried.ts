import type { SilverRow } from '../../schema/tables/silver-patient-vitals.js';
import { news2 } from '../../transforms/clinical/news2.js';
import type { News2Input } from '../../transforms/clinical/news2-parameters.js';
import { groupBy } from './group-by.js';

/** How old a value may be before it is missing, in seconds: hourly what is monitored, 4-hourly what is observed. */
const LIMITS = {
  respiratory_rate: 3_600,
  spo2: 3_600,
  supplemental_oxygen: 14_400,
  systolic_bp: 14_400,
  heart_rate: 3_600,
  consciousness: 14_400,
  temperature: 14_400,
} as const;

type Parameter = keyof typeof LIMITS;
const PARAMETERS = Object.keys(LIMITS) as Parameter[];

/** What gold.carried_forward_news2 must answer of these current readings, by the chart in transforms/clinical. */
export function carriedForward(current: readonly SilverRow[]): Readonly<Record<string, unknown>>[] {
  const there = current.filter((row) => row.status !== 'entered-in-error');
  return [...groupBy(there, (row) => row.patient_id)].map(([patient_id, readings]) => {
    readings.sort((a, b) => a.event_time - b.event_time || (a.reading_id < b.reading_id ? -1 : 1));
    return { patient_id, ...carriedRow(readings) };
  });
}

function carriedRow(readings: readonly SilverRow[]): Readonly<Record<string, unknown>> {
  const last = readings.at(-1) as SilverRow;
  const lastWith = (name: keyof SilverRow) => readings.findLast((row) => row[name] !== null);
  const values: Record<string, unknown> = {};
  for (const name of PARAMETERS) {
    const reading = lastWith(name);
    const age = reading === undefined ? null : (last.event_time - reading.event_time) / 1000;
    values[`${name}_age_seconds`] = age;
    values[name] = age === null || age > LIMITS[name] ? null : (reading?.[name] ?? null);
  }
  const spo2_scale = lastWith('spo2_scale')?.spo2_scale ?? 1;
  const score = news2({ ...values, spo2_scale, age: null, pregnant: null } as unknown as News2Input);
  const applies = last.news2_reason === null;
  return {
    ...values,
    spo2_scale,
    as_of: new Date(last.event_time).toISOString(),
    ward: lastWith('ward')?.ward ?? null,
    news2_low: applies ? score.low : null,
    news2_high: applies ? score.high : null,
    news2_band_low: applies ? score.band_low : null,
    news2_band_high: applies ? score.band_high : null,
    news2_missing: PARAMETERS.filter((name) => values[name] === null).join(',') || null,
    news2_reason: last.news2_reason,
  };
}
