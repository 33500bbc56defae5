import type { TableDifference } from '../../pipeline/replay/compare-lakes.js';
import type { ReplayReport } from './run-replay.js';

/** A report as text for people. */
export function describeReplay(report: ReplayReport): string {
  const { out, whole, messages, before, after, difference } = report;
  return [
    `${messages} messages replayed`,
    line('silver hash', before.silver_hash, after.silver_hash),
    line('gold hash', before.gold_hash, after.gold_hash),
    ...(difference ?? []).flatMap(describeTable),
    ...(out === null ? ['nothing was changed'] : [`written to ${out}`]),
    ...(out === null || whole ? [] : ['it holds a part of bronze: look at it, do not put it in the place of the lake']),
  ].join('\n');
}

function line(name: string, before: string, after: string): string {
  return `${name.padEnd(12)} ${before === after ? `${before}, the same` : `${before} before, ${after} after`}`;
}

function describeTable(difference: TableDifference): string[] {
  const { table, compared, before, after, added, changed, removed, by_column, by_reason, examples } = difference;
  if (!compared) return [`${table}: not compared for a range of time of receipt`];
  const head = `${table}: ${before} rows before, ${after} after; ${added} added, ${changed} changed, ${removed} removed`;
  return [
    head,
    ...tally('by column', by_column),
    ...tally('of', by_reason),
    ...examples.map(({ kind, row, changes }) => {
      const of = Object.entries(row).map(([name, value]) => `${name}=${value}`);
      const what = changes.map(({ column, old, new: now }) => {
        if (kind === 'changed') return `${column}: ${old} -> ${now}`;
        return `${column}: ${kind === 'added' ? now : old}`;
      });
      return `  ${kind} ${of.join(' ')}${what.length === 0 ? '' : `  ${what.join(', ')}`}`;
    }),
  ];
}

function tally(name: string, counts: Readonly<Record<string, number>>): string[] {
  const entries = Object.entries(counts).map(([of, n]) => `${of} ${n}`);
  return entries.length === 0 ? [] : [`  ${name}: ${entries.join(', ')}`];
}
