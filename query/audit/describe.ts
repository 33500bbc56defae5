import type { AuditReport } from './audit.js';
import type { InvariantId } from './invariant.js';

const MEANING: Record<InvariantId, string> = {
  I1: 'every acknowledged message is in bronze',
  I2: 'received = silver + dead letter + suppressed',
  I3: 'every version once, every reading one current row',
  I4: 'gold = recompute(silver)',
  I5: 'bronze bytes are the input bytes',
  I6: 'no live file is missing or torn',
  I7: 'content hashes',
  I8: 'memory under its cap',
};

/** The report for a person: a line an invariant, then the hashes and the counts. */
export function describeAudit(report: AuditReport): readonly string[] {
  const width = Math.max(...Object.values(MEANING).map((meaning) => meaning.length));
  return [
    ...report.invariants.map(
      ({ id, ok, detail }) => `${ok ? 'ok    ' : 'BROKEN'}  ${id}  ${MEANING[id].padEnd(width)}  ${detail}`,
    ),
    `silver  ${report.silver_hash ?? 'cannot be read'}`,
    `gold    ${report.gold_hash ?? 'cannot be read'}`,
    `${report.received} received = ${report.silver} silver + ${report.dead_letter} dead letter + ${report.suppressed} suppressed; ` +
      `${report.field_rejects} field rejects, ${report.conflicts} conflicts`,
  ];
}
