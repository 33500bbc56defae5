/**
 * Breaths per minute above which a rate is held against the heart rate. 36 is the 99th percentile of the respiratory rate
 * over 7,996 intensive-care stays (PhysioNet/CinC Challenge 2012), and the fast breathing of the gravest shock begins at
 * 35, with a heart rate above 140 (ATLS class IV, Crit Care 2016 s13054-016-1265-x). In 6,059 of those readings that hold
 * both rates 121 breathe faster than 36, none within 1 of the heart rate and one above it (91 against 80).
 */
export const FAST_BREATHING = 36;

/** Two counts of the same heartbeats may differ by so much: both are rounded, and averaged over other windows. */
export const SAME_RATE_WITHIN = 1;

/** Systolic pressure at or below it is hypotension (NEWS2's red band, RCP 2017): never doubted by its shape. */
export const LOW_SYSTOLIC = 90;

/**
 * A diastolic above it is refused by the data loader ricu as outside the range of the living; a flushed line reads the
 * pressure of its bag, which is kept at 300 mmHg (Gardner, Anesthesiology 1981;54:227).
 */
export const FLUSH_DIASTOLIC = 200;

/** Pulse pressure below this part of the systolic is narrow (ATLS; docs/artefacts.md): a flush has hardly any. */
export const NARROW_PART = 0.25;

/**
 * mg/dL, below which the electroencephalogram is flat (1 mmol/L is 18 mg/dL; Cryer, J Clin Invest 2007;117:868), so that
 * nobody is alert; and the least mmol/L that a meter shows as a number (1.1-2, below it shows LO). An unlabelled
 * number between them from an alert patient is mmol/L: 4-10 is what most people have.
 */
export const GLUCOSE_SLIP = { from: 2, below: 18 } as const;
