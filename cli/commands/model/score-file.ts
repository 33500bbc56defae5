import type { AnomalyModel } from '../../../model/model.js';
import { refuseCell } from './csv-header.js';
import { readCsv, type CsvChunk } from './csv-records.js';
import { numericCell } from './numeric-cell.js';

/** What scoring found in a part of a file: one score a record, NaN where it has fewer than half of the features. */
export interface ScoredChunk extends CsvChunk {
  readonly scores: Float64Array;
}

/**
 * Scores a CSV file chunk by chunk. Columns are found by the model's feature names; others are not looked at.
 *
 * @throws ConfigurationError for a feature that is no column, and for a cell that is neither a number nor missing
 */
export async function* scoreFile(file: string, model: AnomalyModel): AsyncGenerator<ScoredChunk> {
  const width = model.features.length;
  for await (const chunk of readCsv(file)) {
    const { header, records, lines } = chunk;
    const places = model.features.map(({ name }) => header.indexOf(name, '--data'));
    const rows = new Float64Array(records.length * width);
    for (const [i, record] of records.entries()) {
      for (let feature = 0; feature < width; feature++) {
        const place = places[feature]!;
        const value = numericCell(record[place]!);
        if (value === null) throw refuseCell(header.names[place]!, lines[i]!, 'a number');
        rows[i * width + feature] = value;
      }
    }
    yield { ...chunk, scores: model.score(rows, records.length) };
  }
}
