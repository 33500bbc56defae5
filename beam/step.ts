import { sdk } from './sdk-internals.js';

/** Gives a transform its explicit, stable name: updating a running job relies on it. */
export function step<T>(name: string, transform: T): T {
  return sdk.withName(name, transform as object) as T;
}
