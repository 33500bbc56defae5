import type { Percentiles, PipelineAnswer } from '../api.js';
import { GOLD_ALERTS } from '../../schema/tables/gold-alerts.js';
import { paceOf, type Question } from './question.js';
import { HOUR } from './times.js';

type Latency = PipelineAnswer['alert_latency'];

const SECONDS_FROM = {
  event_to_commit: 'event_time',
  publish_to_commit: 'publish_time',
  receive_to_commit: 'receive_time',
} as const;

/** How long the alerts of the hour up to now took to be committed, from the times that they carry. */
export function alertLatency(question: Question): Promise<Latency> {
  const from = question.moment.frontier - HOUR;
  return question.parts.get(`latency ${paceOf(question, GOLD_ALERTS, from)}`, async () => {
    const columns = Object.entries(SECONDS_FROM).map(
      ([name, time]) =>
        `quantile_cont((epoch_ms(commit_time) - epoch_ms(${time})) / 1000, [0.5, 0.95, 0.99]) AS ${name}`,
    );
    const sql = `SELECT ${columns.join(', ')} FROM gold.alerts WHERE state = 'raised'`;
    const [row] = await question.store.ask(question.moment, sql, [], { 'gold.alerts': { from, to: Infinity } });
    const of = (name: keyof Latency) => percentiles(row?.[name]);
    return {
      event_to_commit: of('event_to_commit'),
      publish_to_commit: of('publish_to_commit'),
      receive_to_commit: of('receive_to_commit'),
    };
  });
}

function percentiles(values: unknown): Percentiles | null {
  if (!Array.isArray(values) || values[0] === null) return null;
  const [p50, p95, p99] = values as [number, number, number];
  return { p50, p95, p99 };
}
