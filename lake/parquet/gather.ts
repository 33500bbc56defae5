import type { ColumnType } from '../../schema/column.js';
import { LakeError } from '../lake-error.js';

/** A row of any table. */
export type Row = Readonly<Record<string, unknown>>;

/** Where a pass puts the values: typed array, bitmap, or the values themselves. `validity` starts as all ones. */
export interface Target {
  readonly values: Float64Array | Int32Array | Uint8Array | unknown[];
  readonly validity: Uint8Array;
}

/** One pass over the rows from `from` to before `to`, for one column; how many values were null. */
export type Gather = (rows: readonly Row[], target: Target, from: number, to: number) => number;

/**
 * What is done with a value that is not null, by type; a value that the column cannot hold exactly is refused rather
 * than stored as something else. 64-bit integers are written as two words: a BigInt a value would cost ten times more.
 */
const STORE: Record<ColumnType, string> = {
  string: `if (typeof value !== 'string') refuse(value); values[i] = value;`,
  date: `values[i] = days(value);`,
  bytes: `if (!(value instanceof Uint8Array)) refuse(value); values[i] = value;`,
  boolean: `if (value === true) values[i >> 3] |= 1 << (i & 7); else if (value !== false) refuse(value);`,
  int32: `if ((value | 0) !== value) refuse(value); values[i] = value;`,
  float64: `if (value - value !== 0) refuse(value); values[i] = value;`,
  int64: `if (!Number.isSafeInteger(value)) refuse(value); ${words('value')}`,
  timestamp: `
    if (!Number.isSafeInteger(value)) refuse(value);
    const micros = value * 1000;
    if (Number.isSafeInteger(micros)) { ${words('micros')} }
    else new BigInt64Array(values.buffer)[i] = BigInt(value) * 1000n;`,
};

/**
 * Compiles the pass for one column. A function of its own per column, because then the engine sees one property at one
 * place in memory; a loop shared by all columns looks every property up in a hash table, four times slower.
 */
export function compileGather(table: string, name: string, type: ColumnType): Gather {
  const source = `
    const values = target.values, validity = target.validity;
    let nulls = 0;
    for (let i = from; i < to; i++) {
      const value = rows[i][${JSON.stringify(name)}];
      if (value === null || value === undefined) { nulls++; validity[i >> 3] &= ~(1 << (i & 7)); ${whenNull(type)} continue; }
      ${STORE[type]}
    }
    return nulls;`;
  const refuse = (value: unknown): never => {
    const problem = `Column ${name} of ${table} is ${type} and cannot hold ${describe(value)}`;
    throw new LakeError('MISUSE', problem, 'This is a fault of the program: report it');
  };

  const make = new Function('refuse', 'days', `return function gather(rows, target, from, to) {${source}};`) as (
    refuse: (value: unknown) => never,
    days: (value: unknown) => number,
  ) => Gather;
  return make(refuse, (value) => epochDays(value) ?? refuse(value));
}

/** Writes a whole number as the low and the high word of 64 bits, little-endian as Arrow is. */
function words(name: string): string {
  return `
    const high = Math.floor(${name} / 4294967296);
    values[2 * i] = ${name} - high * 4294967296;
    values[2 * i + 1] = high;`;
}

function whenNull(type: ColumnType): string {
  if (type === 'string') return `values[i] = '';`;
  return type === 'bytes' ? `values[i] = null;` : '';
}

function epochDays(value: unknown): number | null {
  const days = typeof value === 'string' ? Date.parse(`${value}T00:00:00Z`) / 86_400_000 : NaN;
  return Number.isInteger(days) ? days : null;
}

/** The kind of a value, never the value: it may belong to a patient. */
function describe(value: unknown): string {
  if (typeof value === 'number') return Number.isFinite(value) ? 'a number out of its range' : 'NaN or Infinity';
  return `a ${typeof value}`;
}
