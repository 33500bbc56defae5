import { Bool, Field, Int32, Int64, List, Map_, Schema, Struct, Utf8, type DataType } from 'apache-arrow';

/** One column per kind of action: each row of a checkpoint fills exactly one of them. */
export const CHECKPOINT_SCHEMA = new Schema([
  struct('txn', { appId: new Utf8(), version: new Int64(), lastUpdated: new Int64() }),
  struct('add', {
    path: new Utf8(),
    partitionValues: map(),
    size: new Int64(),
    modificationTime: new Int64(),
    dataChange: new Bool(),
    stats: new Utf8(),
  }),
  struct('remove', {
    path: new Utf8(),
    deletionTimestamp: new Int64(),
    dataChange: new Bool(),
    extendedFileMetadata: new Bool(),
    partitionValues: map(),
    size: new Int64(),
  }),
  struct('metaData', {
    id: new Utf8(),
    name: new Utf8(),
    description: new Utf8(),
    format: new Struct([new Field('provider', new Utf8(), true), new Field('options', map(), true)]),
    schemaString: new Utf8(),
    partitionColumns: new List(new Field('element', new Utf8(), true)),
    configuration: map(),
    createdTime: new Int64(),
  }),
  struct('protocol', { minReaderVersion: new Int32(), minWriterVersion: new Int32() }),
]);

function struct(name: string, fields: Readonly<Record<string, DataType>>): Field {
  return new Field(name, new Struct(Object.entries(fields).map(([field, type]) => new Field(field, type, true))), true);
}

function map(): Map_ {
  const entry = new Struct<{ key: Utf8; value: Utf8 }>([
    new Field('key', new Utf8(), false),
    new Field('value', new Utf8(), true),
  ]);
  return new Map_(new Field('key_value', entry, false));
}
