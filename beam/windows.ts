import { sdk } from './sdk-internals.js';

/** How elements are assigned to windows. Sizes are whole seconds: the SDK drops fractions on the way to the runner. */
export type WindowFn = ReturnType<typeof sdk.fixedWindows> | ReturnType<typeof sdk.globalWindows>;

/** Windows one after the other, each `seconds` long and aligned to the epoch. */
export function fixedWindows(seconds: number): WindowFn {
  return sdk.fixedWindows(wholeSeconds('fixedWindows', seconds));
}

/** Windows of `seconds` that begin every `period` seconds: an element is in several of them. */
export function slidingWindows(seconds: number, period: number): WindowFn {
  const windows = sdk.slidingWindows(wholeSeconds('slidingWindows', seconds), wholeSeconds('slidingWindows', period));
  // The SDK says of sliding windows too that they assign to one window.
  return { ...windows, assignsToOneWindow: () => false };
}

/**
 * One window for each burst of elements of a key, ended by a gap of `gap` seconds. For runners that merge windows: the
 * DirectRunner refuses them, Prism refuses them with triggers that keep state.
 */
export function sessionWindows(gap: number): WindowFn {
  return sdk.sessions(wholeSeconds('sessionWindows', gap));
}

/** One window for all; an unbounded collection then needs a trigger. */
export function globalWindows(): WindowFn {
  return sdk.globalWindows();
}

function wholeSeconds(what: string, seconds: number): number {
  if (Number.isSafeInteger(seconds) && seconds > 0) return seconds;
  throw new RangeError(`beam: ${what} was given ${seconds} seconds; give a whole number above zero.`);
}
