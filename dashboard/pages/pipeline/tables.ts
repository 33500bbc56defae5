import type { Percentiles, PipelineAnswer } from '../../api.js';
import { drawTable, type ChartTable } from '../charts/figure.js';
import { fill, h } from '../dom/element.js';
import { bytesText, numberText } from '../logic/format.js';
import { durationText, timeText } from '../logic/times.js';
import type { PipelinePart } from './part.js';

/** What was refused, by reason, with an example of each. */
export const rejectTable = (): PipelinePart =>
  section('rejects', 'Rejects by reason', (answer) => ({
    caption: 'What was wrong, and how often. Original bytes are kept: see “vitals dead-letters”.',
    columns: ['Reason', 'Stage', 'Field', 'Count', 'Example', 'Latest'],
    rows: answer.rejects.map((each) => [
      each.reason,
      each.stage,
      each.field ?? '',
      numberText(each.count),
      each.example,
      timeText(each.latest),
    ]),
  }));

/** How long alerts took, from the bedside to the commit. */
export const latencyTable = (): PipelinePart =>
  section('latency', 'Alert latency, last hour', ({ alert_latency: latency, peak_rss }) => ({
    caption: `Seconds to the commit.${peak_rss === null ? '' : ` The writer took ${bytesText(peak_rss)} of memory at most.`}`,
    columns: ['From', 'Median', '95%', '99%'],
    rows: [
      ['Event', ...percentiles(latency.event_to_commit)],
      ['Publish', ...percentiles(latency.publish_to_commit)],
      ['Receive', ...percentiles(latency.receive_to_commit)],
    ],
  }));

/** What the lake holds, by table. */
export const lakeTable = (): PipelinePart =>
  section('lake', 'Lake', ({ tables }) => ({
    caption: `${bytesText(tables.reduce((sum, table) => sum + table.bytes, 0))} in ${numberText(tables.reduce((sum, table) => sum + table.files, 0))} live files`,
    columns: ['Table', 'Rows', 'Files', 'Size'],
    rows: tables.map((each) => [each.table, numberText(each.rows), numberText(each.files), bytesText(each.bytes)]),
  }));

/** Which models scored which batches. */
export const modelTable = (): PipelinePart =>
  section('models', 'Models in use', ({ models }) => ({
    caption: 'By the batches that they scored',
    columns: ['Model', 'Batches', 'Rows'],
    rows: models.map((each) => [
      each.model_id ?? 'none',
      `${numberText(each.first_batch)} to ${numberText(each.last_batch)}`,
      numberText(each.rows),
    ]),
  }));

function section(id: string, title: string, tableOf: (answer: PipelineAnswer) => ChartTable): PipelinePart {
  const place = h('div', { class: 'scroll', role: 'region', 'aria-labelledby': id, tabindex: '0' });
  let drawn = '';
  return {
    element: h('section', { class: `table ${id}` }, h('h2', { id }, title), place),
    show: (answer) => {
      const table = tableOf(answer);
      const key = JSON.stringify(table);
      if (key === drawn) return;
      drawn = key;
      fill(place, table.rows.length > 0 ? drawTable(table) : h('p', { class: 'facts' }, 'None.'));
    },
  };
}

const percentiles = (values: Percentiles | null): string[] =>
  [values?.p50, values?.p95, values?.p99].map((value) => durationText(value ?? null));
