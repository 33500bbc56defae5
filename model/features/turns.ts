/** Terms of the series up to an eighth of a turn: (pi/4)^19 / 19! < 2^-63. */
const TERMS = 9;

/**
 * The sine of an angle in whole turns, within 1e-13 up to a few turns.
 *
 * Additions and multiplications only, whose results are fixed by IEEE 754: `Math.sin` may differ in the last digit
 * between versions of V8, and scores are part of the lake's content hash. Infinite turns have no place in a circle: 0.
 */
export function sineOfTurns(turns: number): number {
  const eighths = 8 * (turns - Math.floor(turns));
  if (!(eighths >= 0)) return 0;
  const octant = Math.min(7, Math.floor(eighths));
  const within = eighths - octant;
  // Of an odd octant, the angle back from its end.
  const radians = ((octant % 2 === 0 ? within : 1 - within) * Math.PI) / 4;
  const quarter = octant % 4;
  const magnitude = quarter === 0 || quarter === 3 ? shortSine(radians) : shortCosine(radians);
  return octant < 4 ? magnitude : -magnitude;
}

/** The cosine of an angle in whole turns; see {@link sineOfTurns}. */
export function cosineOfTurns(turns: number): number {
  return sineOfTurns(turns + 0.25);
}

function shortSine(radians: number): number {
  const square = radians * radians;
  let sum = 1;
  for (let k = TERMS; k > 0; k--) sum = 1 - (sum * square) / (2 * k * (2 * k + 1));
  return radians * sum;
}

function shortCosine(radians: number): number {
  const square = radians * radians;
  let sum = 1;
  for (let k = TERMS; k > 0; k--) sum = 1 - (sum * square) / (2 * k * (2 * k - 1));
  return sum;
}
