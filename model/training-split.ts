import type { Fields } from './document-fields.js';

/** Rows and the patients that they are of. */
export interface SplitPart {
  readonly patients: number;
  readonly rows: number;
}

/** Which rows were kept out of training, by patient and by time (docs/training-data.md). */
export interface SplitRecord {
  /** Share of the patients, and of the time, that was kept out. */
  readonly holdout: number;
  /** Epoch milliseconds: training rows are earlier, held-out rows are not. */
  readonly cut: number;
  readonly train: SplitPart;
  readonly held_out: SplitPart;
  /** Earlier rows of held-out patients, and later rows of the others: in no use, so that nothing leaks. */
  readonly neither_rows: number;
}

/** How a model did on the rows that were kept out. */
export interface HeldOutMetrics {
  /** Rows that have a score. */
  readonly scored: number;
  /** Share of those at or above the threshold of training. */
  readonly anomalies: number;
  /** Against labels, which are no features; null without both kinds. */
  readonly labelled: { readonly auc: number; readonly average_precision: number } | null;
}

/** @throws FieldError for what is none */
export function decodeSplit(fields: Fields): SplitRecord {
  const part = (key: string): SplitPart => {
    const of = fields.fields(key);
    return { patients: of.whole('patients'), rows: of.whole('rows') };
  };
  return {
    holdout: fields.positive('holdout'),
    cut: fields.number('cut'),
    train: part('train'),
    held_out: part('held_out'),
    neither_rows: fields.whole('neither_rows'),
  };
}

/** @throws FieldError for what is none */
export function decodeHeldOut(fields: Fields): HeldOutMetrics {
  const labelled = fields.fieldsOrNull('labelled');
  return {
    scored: fields.whole('scored'),
    anomalies: fields.number('anomalies'),
    labelled:
      labelled === null
        ? null
        : { auc: labelled.number('auc'), average_precision: labelled.number('average_precision') },
  };
}
