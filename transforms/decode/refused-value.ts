import type { Reason } from '../reject.js';

/**
 * Stands in a flat record for a value that its dialect has refused already: the field counts as reported, and reading it
 * refuses it with this reason.
 */
export class RefusedValue {
  constructor(
    readonly reason: Reason,
    readonly detail: string,
  ) {}
}
