import { Long } from './sdk-internals.js';

/** Epoch milliseconds as the SDK's timestamp. Times before 1970 land in a wrong window there: decode refuses them. */
export function instant(epochMillis: number): unknown {
  return Long.fromNumber(epochMillis);
}
