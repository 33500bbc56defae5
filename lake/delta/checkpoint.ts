import { makeData, RecordBatch, Struct, Table as ArrowTable, tableFromIPC, tableToIPC } from 'apache-arrow';
import * as wasm from 'parquet-wasm';
import { packNested, unpackNested } from '../parquet/nested.js';
import type { Action } from './actions.js';
import { CHECKPOINT_SCHEMA } from './checkpoint-schema.js';
import type { TableState } from './table-state.js';

/** A table's whole state as the actions of a single-part checkpoint. */
export function checkpointActions(state: TableState): readonly Action[] {
  return [
    ...(state.protocol ? [{ protocol: state.protocol }] : []),
    ...(state.metaData ? [{ metaData: state.metaData }] : []),
    ...Array.from(state.transactions, ([appId, version]) => ({ txn: { appId, version } })),
    ...Array.from(state.removed.values(), (remove) => ({ remove: { ...remove, dataChange: false } })),
    ...Array.from(state.live.values(), (add) => ({ add: { ...add, dataChange: false } })),
  ];
}

/** A checkpoint as Parquet: readable by deltalake and Spark (DELTA.md). */
export function encodeCheckpoint(actions: readonly Action[]): Uint8Array {
  const { fields } = CHECKPOINT_SCHEMA;
  const children = fields.map((field) =>
    packNested(
      actions.map((action) => (action as Readonly<Record<string, unknown>>)[field.name]),
      field.type,
    ),
  );
  const struct = makeData({ type: new Struct(fields), length: actions.length, nullCount: 0, children });
  const stream = tableToIPC(new ArrowTable([new RecordBatch(CHECKPOINT_SCHEMA, struct)]), 'stream');
  const properties = new wasm.WriterPropertiesBuilder().setCompression(wasm.Compression.SNAPPY).build();
  return wasm.writeParquet(wasm.Table.fromIPCStream(stream), properties);
}

/** The actions of a checkpoint, ours or another writer's. */
export function decodeCheckpoint(bytes: Uint8Array): readonly Action[] {
  const known = CHECKPOINT_SCHEMA.fields.map((field) => field.name);
  const actions: Action[] = [];
  for (const batch of tableFromIPC(wasm.readParquet(bytes).intoIPCStream()).batches) {
    for (const name of known) {
      const data = batch.getChild(name)?.data[0];
      if (data === undefined) continue;
      for (const value of unpackNested(data)) if (value !== null) actions.push({ [name]: value } as unknown as Action);
    }
  }
  return actions;
}
