import type { PriceName } from './prices.js';

/** So much of something that has a price, in a month. */
export interface Usage {
  readonly part: Part;
  /** What it is, for people. */
  readonly item: string;
  readonly price: PriceName;
  readonly quantity: number;
}

/** Parts of the bill, in the order in which it is shown. */
export const PARTS = [
  'Pub/Sub',
  'Compute',
  'Storage: bytes',
  'Storage: operations',
  'BigQuery',
  'Network',
  'Keys and secrets',
  'Logging',
  'Artifact Registry',
  'Scheduler and Workflows',
  'Cloud Build',
] as const;
export type Part = (typeof PARTS)[number];

export const GIB = 2 ** 30;
export const TIB = 2 ** 40;
export const DAY_SECONDS = 86_400;
/** A month is a twelfth of a year. */
export const MONTH_SECONDS = (365 * DAY_SECONDS) / 12;

/** Of something a second, so much a month. */
export function monthly(perSecond: number): number {
  return perSecond * MONTH_SECONDS;
}
