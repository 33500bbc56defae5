/** Kinds of artefact in the ground truth; docs/simulator.md says what each does and how often. */
export const ARTEFACT_KINDS = [
  'probe_off',
  'lead_off',
  'sentinel',
  'motion',
  'flat_line',
  'cuff_leak',
  'cardiac_overlay',
  'unit_slip',
  'signal_loss',
] as const;

export type ArtefactKind = (typeof ARTEFACT_KINDS)[number];

/** A fault of a sensor, for the ground truth. Times are epoch ms, end excluded; a sentinel is a single reading. */
export interface Artefact {
  readonly kind: ArtefactKind;
  readonly field: string;
  /** What the device shows instead; null where it varies or nothing is shown. */
  readonly value: number | null;
  readonly onset: number;
  readonly end: number;
}
