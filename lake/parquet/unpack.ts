import type { Data } from 'apache-arrow';
import type { ColumnType } from '../../schema/column.js';

/** A column as rows want it, indexed by row. */
export type Values = ArrayLike<unknown>;

/** Keeps a byte order mark, which is part of the text, and shows broken UTF-8 as U+FFFD. */
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The values of an Arrow column, null where its bitmap says so. */
export function unpack(data: Data, type: ColumnType): Values {
  return withNulls(valuesOf(data, type), data);
}

function valuesOf(data: Data, type: ColumnType): Values {
  switch (type) {
    case 'string':
      return texts(data);
    case 'bytes':
      return slices(data);
    case 'boolean':
      return Array.from({ length: data.length }, (_, i) => bit(data.values as Uint8Array, data.offset + i));
    case 'timestamp':
      return integers(data, 1000);
    case 'int64':
      return integers(data, 1);
    case 'date':
      return Array.from(data.values as Int32Array, isoDate);
    default:
      return data.values as Int32Array | Float64Array;
  }
}

function withNulls(values: Values, data: Data): Values {
  if (data.nullCount === 0) return values;
  const all: unknown[] = new Array<unknown>(data.length);
  for (let i = 0; i < data.length; i++) all[i] = bit(data.nullBitmap, data.offset + i) ? values[i] : null;
  return all;
}

function bit(bitmap: Uint8Array, at: number): boolean {
  return (bitmap[at >> 3]! & (1 << (at & 7))) !== 0;
}

/** 64-bit integers divided by `unit`, without a BigInt each but for those beyond 2^53. */
function integers(data: Data, unit: number): Float64Array {
  const wide = data.values as BigInt64Array;
  const words = new Int32Array(wide.buffer, wide.byteOffset, wide.length * 2);
  const numbers = new Float64Array(wide.length);
  for (let i = 0; i < numbers.length; i++) {
    const high = words[2 * i + 1]!;
    const exact = high >= -0x200000 && high < 0x200000;
    numbers[i] = exact ? Math.floor((high * 4294967296 + (words[2 * i]! >>> 0)) / unit) : floorDivide(wide[i]!, unit);
  }
  return numbers;
}

function floorDivide(value: bigint, unit: number): number {
  const remainder = ((value % BigInt(unit)) + BigInt(unit)) % BigInt(unit);
  return Number((value - remainder) / BigInt(unit));
}

function slices(data: Data): Uint8Array[] {
  const { valueOffsets: offsets, values } = data as unknown as { valueOffsets: Int32Array; values: Uint8Array };
  const parts = new Array<Uint8Array>(data.length);
  for (let i = 0; i < parts.length; i++) parts[i] = values.subarray(offsets[i], offsets[i + 1]);
  return parts;
}

/** Strings: one conversion for the whole column where it is ASCII; neighbours that are equal share one string. */
function texts(data: Data): string[] {
  const { valueOffsets: offsets, values } = data as unknown as { valueOffsets: Int32Array; values: Uint8Array };
  const first = offsets[0]!;
  const bytes = values.subarray(first, offsets[data.length]);
  const all = decoder.decode(bytes);
  const ascii = all.length === bytes.length;
  const found = new Array<string>(data.length);
  let last = '';
  for (let i = 0; i < found.length; i++) {
    const from = offsets[i]!;
    const to = offsets[i + 1]!;
    if (ascii && all.startsWith(last, from - first) && last.length === to - from) found[i] = last;
    else found[i] = last = ascii ? all.slice(from - first, to - first) : decoder.decode(values.subarray(from, to));
  }
  return found;
}

function isoDate(days: number): string {
  return new Date(days * 86_400_000).toISOString().slice(0, 10);
}
