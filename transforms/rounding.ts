/**
 * Slack for a half that binary cannot hold: 36.675 is stored as 36.67499..., but was written as a half. Far above the
 * error of any vital (at most 2,000 x 10 x 2^-52), far below what a device can mean.
 */
const HALF_SLACK = 1e-9;

/** Rounds half-up, as a person would round the decimal number, to `scale` digits. */
export function roundHalfUp(value: number, scale: number): number {
  if ((value | 0) === value) return value;
  const factor = scale === 0 ? 1 : scale === 1 ? 10 : scale === 2 ? 100 : 10 ** scale;
  return Math.floor(value * factor + 0.5 + HALF_SLACK) / factor;
}
