import type { FeatureName } from '../features.js';
import type { Matrix } from '../matrix.js';
import type { AnomalyModel } from '../model.js';
import type { RowSource } from '../row-source.js';
import { historyColumn, parseHistoryFeature } from './history.js';
import type { PatientSeries } from './series.js';
import { rowsOver } from './windows.js';

/** How the rows of a model are made from readings that stand together. */
export interface ReadingRows {
  /** What is read of each reading: the features that are its own, and those whose past is a feature. */
  readonly bases: readonly FeatureName[];
  /** How far back a row looks. */
  readonly lookbackMillis: number;
  /** One row a reading, in their order. @param readings one column a base */
  rowsOf(readings: Matrix, series: PatientSeries): RowSource;
}

/** Plans the rows of a model of any kind: of single readings, of windows, and with features of a patient's past. */
export function readingRows({ features, window = null }: Pick<AnomalyModel, 'features' | 'window'>): ReadingRows {
  const histories = features.map(({ name }) => parseHistoryFeature(name));
  const bases = new Map<string, FeatureName>();
  for (const [i, { name, unit }] of features.entries()) {
    const history = histories[i];
    // The unit of a slope says nothing of the unit of what rises.
    if (!history) bases.set(name, { name, unit });
    else if (!bases.has(history.base)) bases.set(history.base, { name: history.base, unit: null });
  }
  const placeOf = new Map([...bases.keys()].map((name, place) => [name, place]));
  const longest = Math.max(0, ...histories.map((history) => history?.millis ?? 0));
  const windowMillis = window === null ? 0 : window.steps * window.step_seconds * 1_000;
  return { bases: [...bases.values()], lookbackMillis: longest + windowMillis, rowsOf };

  function rowsOf(readings: Matrix, series: PatientSeries): RowSource {
    const columns = histories.map((history, i): ((row: number) => number) => {
      const place = placeOf.get(history?.base ?? features[i]!.name)!;
      const own = (row: number) => readings.cell(row, place);
      if (!history) return own;
      const values = historyColumn(
        Float64Array.from({ length: readings.count }, (_, row) => own(row)),
        series,
        history,
      );
      return (row) => values[row]!;
    });
    const matrix = {
      count: readings.count,
      width: columns.length,
      cell: (row: number, at: number) => columns[at]!(row),
    };
    return rowsOver(matrix, series, window);
  }
}
