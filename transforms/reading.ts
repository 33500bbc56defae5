import type { BronzeRow } from '../schema/tables/bronze-patient-vitals.js';
import type { SilverRow } from '../schema/tables/silver-patient-vitals.js';
import type { VitalValues } from '../schema/vitals.js';

/** A message as it lies in bronze: what decode reads. */
export interface Message extends Omit<BronzeRow, 'payload_sha256' | 'receive_date'> {
  /** The items that this share of the patients is to run, where others have the rest; absent: all of them. */
  readonly items?: readonly number[];
}

export type ReadingStatus = 'final' | 'corrected' | 'entered-in-error';
export type Consciousness = 'A' | 'C' | 'V' | 'P' | 'U';

/** Repairs and qualities of a reading: field name to its codes, in the order they were found. */
export type Flags = Readonly<Record<string, readonly string[]>>;

/** Where a reading came from: its message, and the item (from 0) within it. */
export interface Provenance {
  readonly batch: number;
  readonly offset: number;
  readonly item: number;
  readonly source_message_id: string;
  readonly publish_time: number | null;
  readonly receive_time: number;
}

/**
 * The canonical reading (INTERFACES.md): the same whatever the dialect. Times are epoch milliseconds, vitals are in the
 * units and at the scale of schema/vitals.ts, null is missing. `patient_id` is the id on the wire until identify.
 */
export interface Reading extends Provenance, VitalValues {
  readonly patient_id: string;
  readonly device_id: string | null;
  readonly ward: string | null;
  readonly bed: string | null;
  readonly event_time: number;
  readonly sequence: number | null;
  readonly status: ReadingStatus;
  readonly supplemental_oxygen: boolean | null;
  readonly consciousness: Consciousness | null;
  readonly spo2_scale: 1 | 2 | null;
  readonly flags: Flags | null;
  readonly sent_time: number | null;
  /** What stays the same when the reading is sent again or corrected, without the patient: device, time, sequence or codes. */
  readonly identity: string;
}

/** After identify: the patient is a pseudonym, the reading and its content have hashes (22 characters, base64url). */
export interface IdentifiedReading extends Reading {
  readonly reading_id: string;
  readonly content_hash: string;
}

/** After enrich: what the patient's record says; null where it is unknown. */
export interface EnrichedReading extends IdentifiedReading {
  readonly age: number | null;
  readonly pregnant: boolean | null;
}

/** After score: a row for silver. `conflict` is false until the commit has held it against silver. */
export type ScoredReading = SilverRow & Provenance;
