import type { RealismReport } from './realism.js';

/** The report for a program; a figure that could not be measured is null. */
export function reportJson({ rows, met, ok, patients, seed, model }: RealismReport) {
  return {
    ok,
    met,
    targets: rows.length,
    patients,
    seed,
    model,
    rows: rows.map(({ target, measured, ok: inside }) => ({
      profile: target.profile,
      statistic: target.statistic,
      vital: target.vital,
      other: target.other ?? null,
      parameter: target.parameter ?? null,
      name: target.name,
      published: target.reference,
      low: target.low,
      high: target.high,
      measured: Number.isNaN(measured) ? null : measured,
      ok: inside,
      tolerance: target.tolerance,
      source: target.source,
    })),
  };
}
