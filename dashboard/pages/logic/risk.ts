import type { AlertStatus, RiskBand, Severity } from '../../api.js';
import { NEWS2_RISK, rangeOf } from '../../../transforms/clinical/thresholds.js';

/** The bands from worst to best: the order of every bar and legend. `unknown` is without a score. */
export const BANDS = ['high', 'medium', 'low-medium', 'low', 'unknown'] as const satisfies readonly (
  RiskBand | 'unknown'
)[];
export type Band = (typeof BANDS)[number];

export const BAND_TEXT: Readonly<Record<Band, string>> = {
  high: 'High',
  medium: 'Medium',
  'low-medium': 'Low–medium',
  low: 'Low',
  unknown: 'No score',
};

/** NEWS2: the aggregates from which the risk is medium and high. */
export const MEDIUM_FROM = rangeOf(NEWS2_RISK, 'medium').from;
export const HIGH_FROM = rangeOf(NEWS2_RISK, 'high').from;

/** The band of an aggregate alone: low-medium, which a single parameter makes, does not show in it. */
export function bandOfAggregate(aggregate: number | null): Band {
  if (aggregate === null) return 'unknown';
  return NEWS2_RISK.bands.find(({ upTo }) => aggregate <= upTo)?.is ?? 'unknown';
}

/** From worst to least. */
export const SEVERITIES = ['critical', 'urgent', 'warning'] as const satisfies readonly Severity[];

/** A sign beside the word, so that a severity is told without colour. */
export const SEVERITY_SIGN: Readonly<Record<Severity, string>> = { critical: '◆', urgent: '▲', warning: '●' };

export const STATUSES = ['open', 'acknowledged', 'resolved'] as const satisfies readonly AlertStatus[];

/** `Critical`, `Acknowledged`: a code at the start of a line. */
export const capitalised = (code: string): string => code.charAt(0).toUpperCase() + code.slice(1);
