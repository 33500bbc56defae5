import type { EnrichedReading, IdentifiedReading, Reading, ScoredReading } from '../../transforms/reading.js';
import { scoreReadings } from '../../transforms/score.js';

export const NOON = Date.UTC(2026, 10, 21, 12, 0, 0);

/** A healthy adult's reading at noon; a test states what differs. */
export function aReading(differs: Partial<Reading> = {}): Reading {
  return {
    patient_id: 'P000123',
    device_id: 'MON-0123',
    ward: 'ICU',
    bed: 'ICU-07',
    event_time: NOON,
    sequence: 42,
    status: 'final',
    sent_time: null,
    heart_rate: 78,
    respiratory_rate: 16,
    spo2: 97,
    systolic_bp: 118,
    diastolic_bp: 72,
    mean_bp: null,
    temperature: 36.8,
    glucose: 98,
    supplemental_oxygen: false,
    consciousness: 'A',
    spo2_scale: null,
    flags: null,
    identity: 'MON-0123|42',
    batch: 1,
    offset: 0,
    item: 0,
    source_message_id: '01J0000000',
    publish_time: NOON + 100,
    receive_time: NOON + 200,
    ...differs,
  };
}

export function anIdentifiedReading(differs: Partial<IdentifiedReading> = {}): IdentifiedReading {
  return { ...aReading(differs), reading_id: 'reading-1', content_hash: 'content-1', ...differs };
}

export function anEnrichedReading(differs: Partial<EnrichedReading> = {}): EnrichedReading {
  return { ...anIdentifiedReading(differs), age: 64, pregnant: false, ...differs };
}

/** Scored without a model, then changed by `differs`. */
export function aScoredReading(
  enriched: Partial<EnrichedReading> = {},
  differs: Partial<ScoredReading> = {},
): ScoredReading {
  const [scored] = scoreReadings([anEnrichedReading(enriched)], null, '1');
  return { ...(scored as ScoredReading), ...differs };
}
