import type { DecodedItems } from './dialect.js';

/**
 * Of what a message holds, the items that one share of the patients is to run.
 * @param own their numbers; undefined for all of them: the usual case
 */
export function ownItems(decoded: DecodedItems, own: readonly number[] | undefined): DecodedItems {
  if (own === undefined) return decoded;
  return {
    rows: decoded.rows.filter(({ item }) => own.includes(item)),
    rejects: decoded.rejects.filter(({ item }) => own.includes(item)),
  };
}
