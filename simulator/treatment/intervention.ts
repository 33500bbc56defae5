export const INTERVENTION_KINDS = ['oxygen', 'fluids', 'naloxone', 'glucose', 'antibiotics', 'rate_control'] as const;

export type InterventionKind = (typeof INTERVENTION_KINDS)[number];

/** Something that staff give to a patient who deteriorates. Times are epoch ms. */
export interface Intervention {
  readonly kind: InterventionKind;
  /** Given, or begun. */
  readonly time: number;
  /** No effect from here on. */
  readonly end: number;
}

/** What an intervention does at full effect. */
export interface Remedy {
  /** Hours from the giving to full effect. */
  readonly action: number;
  /** Hours that the effect fades before its end; 0 where there is nothing left to fade when the episode is over. */
  readonly fade: number;
  /** Hours that the effect of one dose lasts; null is as long as the episode. */
  readonly lasts: number | null;
  /** Share of the episode's intensity that it takes away. */
  readonly course: number;
  /** Change of pressures (mmHg) and heart rate (per minute) whatever the episode. */
  readonly systolic_bp: number;
  readonly diastolic_bp: number;
  readonly heart_rate: number;
}

/**
 * Plausible, not fitted, but for the times: oxygen acts within minutes; naloxone within minutes and for about
 * 45 (30 to 90: its label); an intravenous bolus over half an hour; glucose in a quarter of an hour; antibiotics in hours.
 */
export const REMEDIES: Readonly<Record<InterventionKind, Remedy>> = {
  oxygen: remedy(0.05, 0.05, null, 0),
  fluids: remedy(0.5, 0.5, null, 0.3, 9, 4, -8),
  naloxone: remedy(0.05, 0.1, 0.75, 0.9),
  glucose: remedy(0.2, 0, null, 0.9),
  antibiotics: remedy(6, 0, null, 0.55),
  rate_control: remedy(0.4, 0, null, 0.7),
};

function remedy(
  action: number,
  fade: number,
  lasts: number | null,
  course: number,
  systolic_bp = 0,
  diastolic_bp = 0,
  heart_rate = 0,
): Remedy {
  return { action, fade, lasts, course, systolic_bp, diastolic_bp, heart_rate };
}

const HOUR = 3_600_000;

/** How much of its full effect an intervention has at a time: from 0 to 1. */
export function effectAt({ kind, time, end }: Intervention, at: number): number {
  if (at <= time || at >= end) return 0;
  const { action, fade } = REMEDIES[kind];
  const risen = (at - time) / (action * HOUR);
  const left = fade === 0 ? 1 : (end - at) / (fade * HOUR);
  const share = risen < left ? risen : left;
  return share >= 1 ? 1 : share * share * (3 - 2 * share);
}
