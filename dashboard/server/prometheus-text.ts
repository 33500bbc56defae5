import type { RunStatus } from '../../pipeline/engines/micro-batch/status.js';

/** The state of a run in Prometheus' text format. Counters cover the whole lake, so they survive a restart. */
export function prometheusText(status: RunStatus): string {
  const { totals } = status;
  const counters: [string, string, number][] = [
    ['messages', 'Messages frozen in bronze.', totals.messages],
    ['received', 'Items received: readings and parts that were rejected whole.', totals.received],
    ['silver', 'Rows added to silver.', totals.silver],
    ['dead_letter', 'Items rejected whole.', totals.dead_letter],
    ['suppressed', 'Repeats that were suppressed.', totals.suppressed],
    ['field_rejects', 'Single fields that were rejected.', totals.field_rejects],
    ['conflicts', 'Versions that contradicted another final one.', totals.conflicts],
    ['alerts', 'Alerts raised.', totals.alerts],
  ];
  const gauges: [string, string, number][] = [
    ['batch_sequence', 'Last committed batch.', status.sequence],
    ['readings_per_second', 'Mean rate of this run.', status.readingsPerSecond],
    ['peak_rss_bytes', 'Greatest resident memory of this run.', status.peakRssBytes],
  ];
  if (status.lagMillis !== null)
    gauges.push(['lag_seconds', 'Latest event time to its commit.', status.lagMillis / 1000]);
  return [
    ...counters.map(([name, help, value]) => metric(`vitals_${name}_total`, 'counter', help, value)),
    ...gauges.map(([name, help, value]) => metric(`vitals_${name}`, 'gauge', help, value)),
  ].join('');
}

function metric(name: string, type: string, help: string, value: number): string {
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${name} ${value}\n`;
}
