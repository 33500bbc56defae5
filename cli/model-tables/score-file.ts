import { parseHistoryFeature } from '../../model/features/history.js';
import { rowsOver } from '../../model/features/windows.js';
import type { AnomalyModel } from '../../model/model.js';
import { scoreRows } from '../../model/score-rows.js';
import { cellReader } from './cell-reader.js';
import { refuseCell } from './csv-header.js';
import { readCsv } from './csv-records.js';
import { LabelColumn } from './label-column.js';
import { readTrainingTable } from './training-table.js';

/** What scoring found in a part of a file, record by record. */
export interface ScoredRecords {
  /** NaN where too many features are missing. */
  readonly scores: Float64Array;
  /** Null where none were asked for. */
  readonly labels: Uint8Array | null;
}

/**
 * Scores a CSV file. Columns are found by the model's feature names; others are not looked at. A model of single
 * readings is scored chunk by chunk; one that reads a patient's past takes the whole file at once, 8 bytes a value.
 *
 * @param label column with 1 for an anomaly and 0 for any other row, to be read along
 * @throws ConfigurationError for a feature that the file lacks, and for a cell that is neither a number nor missing
 */
export async function* scoreFile(
  file: string,
  model: AnomalyModel,
  label: string | null = null,
): AsyncGenerator<ScoredRecords> {
  const readsPast =
    (model.window ?? null) !== null || model.features.some(({ name }) => parseHistoryFeature(name) !== null);
  if (readsPast) yield await scoreTable(file, model, label);
  else yield* scoreChunks(file, model, label);
}

async function* scoreChunks(file: string, model: AnomalyModel, label: string | null): AsyncGenerator<ScoredRecords> {
  const width = model.features.length;
  for await (const { header, records, lines } of readCsv(file)) {
    const readers = model.features.map(({ name }) => cellReader(header, name, '--data'));
    const labelIndex = label === null ? -1 : header.indexOf(label, '--label');
    const labels = label === null ? null : new LabelColumn(label);
    const rows = new Float64Array(records.length * width);
    for (const [i, record] of records.entries()) {
      for (let feature = 0; feature < width; feature++) {
        const value = readers[feature]!(record, lines[i]!);
        if (value === null) throw refuseCell(model.features[feature]!.name, lines[i]!, 'a number');
        rows[i * width + feature] = value;
      }
      labels?.add(record[labelIndex]!, lines[i]!);
    }
    yield { scores: model.score(rows, records.length), labels: labels?.values() ?? null };
  }
}

async function scoreTable(file: string, model: AnomalyModel, label: string | null): Promise<ScoredRecords> {
  const names = model.features.map(({ name }) => name);
  const window = model.window ?? null;
  const { data, series, labels } = await readTrainingTable(file, names, label, window !== null);
  const source = rowsOver(data, series, window);
  return { scores: scoreRows(source, (rows, count) => model.score(rows, count)), labels };
}
