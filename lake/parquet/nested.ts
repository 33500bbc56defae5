import { DataType, makeData, type Data, type Field } from 'apache-arrow';
import { packStrings } from './pack.js';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Lays out plain objects as Arrow: structs, maps with text keys, lists, texts, integers and booleans, any of them null.
 * Column by column and without Arrow's builders, which take a hundred times longer for a checkpoint.
 */
export function packNested(values: readonly unknown[], type: DataType): Data {
  if (DataType.isStruct(type)) {
    const children = type.children.map((field) =>
      packNested(
        values.map((value) => (isPresent(value) ? (value as Fields)[field.name] : null)),
        field.type,
      ),
    );
    return make(type, values, { children });
  }
  if (DataType.isMap(type)) return packMany(values, type, (value) => entries(value as Fields));
  if (DataType.isList(type)) return packMany(values, type, (value) => value as readonly unknown[]);
  if (DataType.isUtf8(type)) return make(type, values, packStrings(values.map((value) => (value as string) ?? '')));
  if (DataType.isBool(type)) return make(type, values, { data: bits(values, (value) => value === true) });
  const numbers = values.map((value) => (value as number) ?? 0);
  if (DataType.isInt(type) && type.bitWidth === 32) return make(type, values, { data: Int32Array.from(numbers) });
  return make(type, values, { data: BigInt64Array.from(numbers, (value) => BigInt(value)) });
}

/** The reverse of {@link packNested}: integers come back as numbers, maps as objects. */
export function unpackNested(data: Data): unknown[] {
  const values = new Array<unknown>(data.length).fill(null);
  const read = reader(data, data.type);
  const hasNulls = data.nullCount > 0;
  for (let i = 0; i < values.length; i++) {
    if (!hasNulls || bitAt(data.nullBitmap, data.offset + i)) values[i] = read(i);
  }
  return values;
}

function reader(data: Data, type: DataType): (i: number) => unknown {
  if (DataType.isStruct(type)) {
    const columns = type.children.map((field: Field, at) => [field.name, unpackNested(data.children[at]!)] as const);
    return (i) => {
      const object: Record<string, unknown> = {};
      for (const [name, column] of columns) object[name] = column[i];
      return object;
    };
  }
  if (DataType.isMap(type) || DataType.isList(type)) {
    const offsets = data.valueOffsets as Int32Array;
    const items = unpackNested(data.children[0]!);
    const many = (i: number) => items.slice(offsets[i], offsets[i + 1]);
    if (DataType.isList(type)) return many;
    return (i) => Object.fromEntries((many(i) as { key: string; value: unknown }[]).map((e) => [e.key, e.value]));
  }
  if (DataType.isUtf8(type)) {
    const offsets = data.valueOffsets;
    const bytes = Buffer.from(data.values.buffer, data.values.byteOffset, data.values.byteLength);
    return (i) => bytes.toString('utf8', offsets[i], offsets[i + 1]);
  }
  if (DataType.isBool(type)) return (i) => bitAt(data.values as Uint8Array, data.offset + i);
  return (i) => Number((data.values as Int32Array | BigInt64Array)[i]);
}

function packMany(values: readonly unknown[], type: DataType, itemsOf: (value: unknown) => readonly unknown[]): Data {
  const valueOffsets = new Int32Array(values.length + 1);
  const items: unknown[] = [];
  values.forEach((value, i) => {
    if (isPresent(value)) items.push(...itemsOf(value));
    valueOffsets[i + 1] = items.length;
  });
  const child = packNested(items, (type.children[0] as Field).type);
  return make(type, values, { valueOffsets, child });
}

function entries(value: Fields): readonly unknown[] {
  return Object.keys(value).map((key) => ({ key, value: value[key] }));
}

function make(type: DataType, values: readonly unknown[], layout: object): Data {
  const nullCount = values.reduce<number>((nulls, value) => (isPresent(value) ? nulls : nulls + 1), 0);
  const nullBitmap = nullCount > 0 ? bits(values, isPresent) : null;
  return makeData({ type, length: values.length, nullCount, nullBitmap, ...layout } as Parameters<typeof makeData>[0]);
}

function bits(values: readonly unknown[], isSet: (value: unknown) => boolean): Uint8Array {
  const bitmap = new Uint8Array(((values.length + 63) >> 6) << 3);
  values.forEach((value, i) => {
    if (isSet(value)) bitmap[i >> 3]! |= 1 << (i & 7);
  });
  return bitmap;
}

function bitAt(bitmap: Uint8Array, at: number): boolean {
  return (bitmap[at >> 3]! & (1 << (at & 7))) !== 0;
}

function isPresent(value: unknown): boolean {
  return value !== null && value !== undefined;
}
