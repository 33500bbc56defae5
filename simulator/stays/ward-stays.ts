/** How long patients stay on a ward, and where they go then. */
export interface WardStay {
  /** Median length of stay, hours; lengths are log-normal. */
  readonly medianHours: number;
  /** SD of the logarithm of the length: the mean is the median times exp(sigma^2 / 2). */
  readonly sigma: number;
  /** Share of each destination: `home`, `died`, or a ward by its code. They sum to 1. */
  readonly destinations: Readonly<Record<string, number>>;
}

const GENERAL = { home: 0.935, HDU: 0.03, ICU: 0.015, died: 0.02 } as const;

/**
 * Plausible, not measured. They are chosen so that the means come near what is published: 3.3 days in intensive care, 5 to 6
 * on a general ward, 5 hours in an emergency department, of whose patients about one in seven stays in the hospital; and so
 * that transfers alone fill no ward: the rest of its beds is left to those who come from home.
 */
export const WARD_STAYS: Readonly<Record<string, WardStay>> = {
  ICU: {
    medianHours: 48,
    sigma: 1,
    destinations: { HDU: 0.35, MED: 0.15, SURG: 0.15, CARD: 0.08, RESP: 0.07, NEURO: 0.08, died: 0.12 },
  },
  HDU: {
    medianHours: 48,
    sigma: 0.8,
    destinations: { MED: 0.25, SURG: 0.25, RESP: 0.12, CARD: 0.13, NEURO: 0.08, ICU: 0.06, home: 0.08, died: 0.03 },
  },
  ED: {
    medianHours: 4,
    sigma: 0.6,
    destinations: {
      home: 0.86,
      MED: 0.046,
      RESP: 0.019,
      CARD: 0.025,
      SURG: 0.021,
      NEURO: 0.013,
      HDU: 0.009,
      ICU: 0.006,
      died: 0.001,
    },
  },
  CARD: { medianHours: 84, sigma: 0.8, destinations: GENERAL },
  RESP: { medianHours: 108, sigma: 0.8, destinations: GENERAL },
  SURG: { medianHours: 84, sigma: 0.8, destinations: GENERAL },
  MED: { medianHours: 108, sigma: 0.8, destinations: GENERAL },
  NEURO: { medianHours: 108, sigma: 0.8, destinations: GENERAL },
  MAT: { medianHours: 48, sigma: 0.5, destinations: { home: 0.988, ICU: 0.004, HDU: 0.008 } },
};

/** Between a patient's leaving a bed and the next one's coming into it, hours: it is cleaned and made. Plausible. */
export const BED_TURNAROUND_HOURS = 1;

/** No stay is shorter, hours. */
export const SHORTEST_STAY_HOURS = 0.25;
