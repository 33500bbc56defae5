/** The vitals that a malformation may spoil. */
export type SpoiltField = 'heart_rate' | 'respiratory_rate' | 'spo2' | 'systolic_bp' | 'diastolic_bp' | 'temperature';

/** What malformations.ts needs to know of a dialect to spoil one part of a message of ours and leave the rest. */
export interface Spoiler {
  /** Texts in the place of a value that are no number there. */
  readonly wrongTypes: readonly string[];
  /** The message with that text in the place of a vital's value, also where the value was missing. */
  readonly withValue: (text: string, field: SpoiltField, value: string) => string;
  /** The message without the patient's id. */
  readonly withoutPatient: (text: string) => string;
}
