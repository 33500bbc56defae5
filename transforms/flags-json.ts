import type { Flags } from './reading.js';

/**
 * Flags as the column `flags` holds them: a JSON object with its fields sorted, so that the order in which a dialect
 * found them does not show; null when there are none.
 */
export function flagsJson(flags: Flags | null): string | null {
  if (flags === null) return null;
  const fields = Object.keys(flags);
  if (fields.length === 0) return null;
  if (fields.length === 1) return JSON.stringify(flags);
  const sorted: Record<string, readonly string[]> = {};
  for (const field of fields.sort()) sorted[field] = flags[field] ?? [];
  return JSON.stringify(sorted);
}
