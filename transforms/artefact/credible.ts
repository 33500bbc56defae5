import { STREAM_FEATURES } from '../../model/features.js';
import { highOf, lowOf } from '../clinical/interval.js';
import { news2Missing, packNews2 } from '../clinical/news2.js';
import { shockIndex } from '../clinical/shock-index.js';
import type { Consciousness, Flags, ScoredReading } from '../reading.js';
import { doubtedFields } from './sensor-evidence.js';

/** What NEWS2 and the shock index are worked out from again; what else a row has goes along. */
export type Doubtable = Pick<
  ScoredReading,
  | 'heart_rate'
  | 'respiratory_rate'
  | 'spo2'
  | 'systolic_bp'
  | 'temperature'
  | 'supplemental_oxygen'
  | 'consciousness'
  | 'spo2_scale'
  | 'age'
  | 'news2_low'
>;

/** What a model of the stream reads: with one of them in doubt its score says nothing about the patient. */
const MODEL_FIELDS: ReadonlySet<string> = new Set(STREAM_FEATURES.map((feature) => feature.name));

/**
 * A reading as alert rules may see it: vitals whose sensor is in doubt are missing, and what is derived from them (NEWS2,
 * shock index, the anomaly) is worked out without them. The reading itself where nothing is in doubt, as nearly always.
 *
 * A NEWS2 that does not apply (a child, a pregnancy) stays so. Silver keeps the scores as of the values that were sent.
 * Pure; changes nothing that it is given.
 */
export function credible<T extends Doubtable>(reading: T, flags: Flags | null): T {
  const doubted = doubtedFields(flags, reading);
  if (doubted.length === 0) return reading;
  // One copy, then assigned to: a spread of spreads costs ten times as much.
  const without: T = { ...reading };
  const cells = without as Record<string, unknown>;
  for (const field of doubted) cells[field] = null;
  if (doubted.some((field) => MODEL_FIELDS.has(field))) cells['is_anomaly'] = null;
  return Object.assign(without, derived(without));
}

function derived(reading: Doubtable): Partial<ScoredReading> {
  const shock_index = shockIndex(reading.heart_rate, reading.systolic_bp);
  if (reading.news2_low === null) return { shock_index };
  const packed = packNews2({
    respiratory_rate: reading.respiratory_rate,
    spo2: reading.spo2,
    spo2_scale: reading.spo2_scale === 2 ? 2 : 1,
    supplemental_oxygen: reading.supplemental_oxygen,
    systolic_bp: reading.systolic_bp,
    heart_rate: reading.heart_rate,
    consciousness: reading.consciousness as Consciousness | null,
    temperature: reading.temperature,
    age: reading.age,
    pregnant: false,
  });
  return { shock_index, news2_low: lowOf(packed), news2_high: highOf(packed), news2_missing: news2Missing(packed) };
}
