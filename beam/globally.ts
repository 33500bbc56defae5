import { GlobalWindow, Long, standardCoders, type WindowedValue } from './sdk-internals.js';

/** Beam's least timestamp in milliseconds: -(2^63) microseconds. */
const MIN_TIMESTAMP = '-9223372036854775';

/** A value in the global window at the least time: what finishBundle yields when a later step assigns time and window. */
export function globally(value: unknown): WindowedValue {
  return {
    value,
    windows: [new GlobalWindow()],
    pane: standardCoders.PaneInfoCoder.ONE_AND_ONLY_FIRING,
    timestamp: Long.fromValue(MIN_TIMESTAMP),
  };
}
