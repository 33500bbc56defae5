import type { AlertStatus, RiskBand, Severity } from '../../api.js';

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

/** From worst to least. */
export const SEVERITIES = ['critical', 'urgent', 'warning'] as const satisfies readonly Severity[];

/** A sign beside the word, so that a severity is told without colour. */
export const SEVERITY_SIGN: Readonly<Record<Severity, string>> = { critical: '◆', urgent: '▲', warning: '●' };

export const STATUSES = ['open', 'acknowledged', 'resolved'] as const satisfies readonly AlertStatus[];

/** `Critical`, `Acknowledged`: a code at the start of a line. */
export const capitalised = (code: string): string => code.charAt(0).toUpperCase() + code.slice(1);
