/** Reason codes of dead letters (docs/dead-letters.md): a closed set, so that a new reason is a deliberate change. */
export const REASONS = [
  'EMPTY',
  'SYNTAX',
  'ENCODING',
  'SURROGATE',
  'SIZE',
  'COMPRESSED',
  'DEPTH',
  'DUPKEY',
  'PROTO',
  'RESERVED',
  'CONTROL',
  'SHAPE',
  'NONFINITE',
  'PRECISION',
  'TYPE',
  'UNIT',
  'AMBIGUOUS',
  'RANGE',
  'BP_ORDER',
  'NO_TZ',
  'FUTURE',
  'DATE',
  'NO_PATIENT',
  'NO_VITALS',
  'NO_READING',
  'VERSION',
  'ID',
  'FORMAT',
  'CONFLICT',
] as const;

export type Reason = (typeof REASONS)[number];

/** `item`: the whole item is lost to silver; `field`: the rest of the reading went through; `conflict`: a losing version. */
export type RejectScope = 'item' | 'field' | 'conflict';

/** Something that was refused. `detail` never holds a value that could identify a person. */
export interface Reject {
  readonly stage: 'decode' | 'cleanse' | 'deduplicate';
  readonly reason: Reason;
  readonly scope: RejectScope;
  readonly field: string | null;
  readonly detail: string;
  readonly batch: number;
  readonly offset: number;
  readonly item: number;
  readonly source_message_id: string;
  readonly receive_time: number;
}

/** What every stage returns: what went through, and what did not. */
export interface Staged<T> {
  readonly rows: readonly T[];
  readonly rejects: readonly Reject[];
}
