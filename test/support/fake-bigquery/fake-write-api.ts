import { createRequire } from 'node:module';
import type * as Grpc from '@grpc/grpc-js';
import type { Server, ServerDuplexStream, ServerUnaryCall, sendUnaryData } from '@grpc/grpc-js';
import { protos } from '@google-cloud/bigquery-storage';
import protobuf from 'protobufjs';
import 'protobufjs/ext/descriptor/index.js';
import { typeOf, type Cell, type StoredRow, type StoredTable, type WarehouseStore } from './warehouse-store.js';

const { v1 } = protos.google.cloud.bigquery.storage;
const grpc = createRequire(createRequire(import.meta.url).resolve('@google-cloud/bigquery-storage'))(
  '@grpc/grpc-js',
) as typeof Grpc;

type AppendRequest = protos.google.cloud.bigquery.storage.v1.IAppendRowsRequest;
type AppendResponse = protos.google.cloud.bigquery.storage.v1.IAppendRowsResponse;
type CreateRequest = protos.google.cloud.bigquery.storage.v1.ICreateWriteStreamRequest;
type WriteStream = protos.google.cloud.bigquery.storage.v1.IWriteStream;

/** What goes wrong with an append, on demand. */
export type AppendFault = 'refuse' | 'lose-answer' | 'break' | null;

/**
 * A stand-in for the Storage Write API that is strict where it matters: descriptors and required columns are held against
 * the table, an offset that was written is ALREADY_EXISTS, one too far OUT_OF_RANGE, the default stream takes no offsets.
 */
export class FakeWriteApi {
  fault: (rows: number) => AppendFault = () => null;
  /** When set, every append is answered with this gRPC code and message. */
  refusal: { readonly code: number; readonly message: string } | null = null;
  readonly appended: string[] = [];
  readonly #server: Server = new grpc.Server();
  readonly #offsets = new Map<string, number>();
  #port = 0;

  private constructor(private readonly store: WarehouseStore) {}

  static async start(store: WarehouseStore): Promise<FakeWriteApi> {
    const fake = new FakeWriteApi(store);
    fake.#server.addService(service(), {
      AppendRows: (call: ServerDuplexStream<AppendRequest, AppendResponse>) => fake.#append(call),
      CreateWriteStream: (call: ServerUnaryCall<CreateRequest, WriteStream>, done: sendUnaryData<WriteStream>) => {
        const name = `${call.request.parent}/streams/s${fake.#offsets.size + 1}`;
        fake.#offsets.set(name, 0);
        done(null, { name, type: call.request.writeStream?.type ?? null });
      },
    } as never);
    fake.#port = await new Promise<number>((resolve, reject) => {
      fake.#server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, port) =>
        error ? reject(error) : resolve(port),
      );
    });
    return fake;
  }

  get host(): string {
    return `127.0.0.1:${this.#port}`;
  }

  /** Lets calls that the client has ended end in peace; cuts those that it has not. */
  async stop(): Promise<void> {
    let force: NodeJS.Timeout | undefined;
    await Promise.race([
      new Promise<void>((resolve) => this.#server.tryShutdown(() => resolve())),
      new Promise<void>((resolve) => (force = setTimeout(resolve, 3_000))),
    ]);
    clearTimeout(force);
    this.#server.forceShutdown();
  }

  #append(call: ServerDuplexStream<AppendRequest, AppendResponse>): void {
    let stream = '';
    let type: protobuf.Type | null = null;
    call.on('data', (request: AppendRequest) => {
      stream = request.writeStream || stream;
      const descriptor = request.protoRows?.writerSchema?.protoDescriptor;
      if (descriptor) type = protobuf.Type.fromDescriptor(descriptor as never);
      const count = request.protoRows?.rows?.serializedRows?.length ?? 0;
      const fault = this.fault(count);
      if (fault === 'break') return void this.#cut(call);
      const { code, message } = this.refusal ?? { code: 14, message: 'try again' };
      if (fault === 'refuse' || this.refusal) return void call.write({ error: { code, message }, writeStream: stream });
      const answer = this.#take(stream, type, request);
      if (fault === 'lose-answer') return void this.#cut(call);
      call.write({ ...answer, writeStream: stream });
    });
    call.on('end', () => call.end());
    call.on('error', () => undefined);
  }

  /** Ends the stream as a connection that breaks does. */
  #cut(call: ServerDuplexStream<AppendRequest, AppendResponse>): void {
    call.emit('error', Object.assign(new Error('broken'), { code: 14, details: 'the connection broke' }));
  }

  #take(stream: string, type: protobuf.Type | null, request: AppendRequest): AppendResponse {
    const [, dataset = '', name = ''] =
      /^projects\/[^/]+\/datasets\/([^/]+)\/tables\/([^/]+)\/streams\//.exec(stream) ?? [];
    const table = this.store.tables.get(`${dataset}.${name}`);
    if (table === undefined) return refused(5, `Requested entity was not found. Entity: ${stream}`);
    if (type === null) return refused(3, 'The first request needs a writer schema');
    const unknown = type.fieldsArray.find((field) => !table.fields.some((column) => column.name === field.name));
    if (unknown)
      return refused(3, `Input schema has more fields than BigQuery schema, extra fields: '${unknown.name}'`);
    const offset = this.#offsetOf(stream, request);
    if (typeof offset === 'object') return offset;
    const serialized = request.protoRows?.rows?.serializedRows ?? [];
    const rows: StoredRow[] = [];
    for (const [index, bytes] of serialized.entries()) {
      const row = rowOf(type, Buffer.from(bytes as Uint8Array), table);
      if (typeof row === 'string') {
        return { ...refused(3, 'Errors found while processing rows.'), rowErrors: [{ index, message: row }] };
      }
      rows.push(row);
    }
    table.rows.push(...rows);
    this.appended.push(`${dataset}.${name} ${rows.length}`);
    if (this.#offsets.has(stream)) this.#offsets.set(stream, offset + rows.length);
    return { appendResult: this.#offsets.has(stream) ? { offset: { value: offset } } : {} };
  }

  /** Where the rows begin; a refusal for an offset that is not the next one. */
  #offsetOf(stream: string, request: AppendRequest): number | AppendResponse {
    const given = request.offset?.value ?? null;
    if (stream.endsWith('/_default')) {
      return given === null ? 0 : refused(3, 'Offsets are not supported in the default stream');
    }
    const next = this.#offsets.get(stream);
    if (next === undefined) return refused(5, `Requested entity was not found. Entity: ${stream}`);
    const offset = given === null ? next : Number(given);
    const expected = `expected offset ${next}, received ${offset}`;
    if (offset < next) return refused(6, `The offset is within stream, ${expected}. Entity: ${stream}`);
    return offset > next ? refused(11, `The offset is beyond stream, ${expected}. Entity: ${stream}`) : offset;
  }
}

function refused(code: number, message: string): AppendResponse {
  return { error: { code, message } };
}

function rowOf(type: protobuf.Type, bytes: Buffer, table: StoredTable): StoredRow | string {
  let message: Record<string, unknown>;
  try {
    message = type.toObject(type.decode(bytes), { longs: Number }) as Record<string, unknown>;
  } catch (error) {
    return (error as Error).message;
  }
  const row: Record<string, Cell> = {};
  for (const field of table.fields) {
    const value = message[field.name];
    if (value === undefined && field.mode === 'REQUIRED') return `Field ${field.name} is required but missing`;
    row[field.name] = value === undefined ? null : cellOf(value, typeOf(field));
  }
  return row;
}

function cellOf(value: unknown, type: string): Cell {
  if (type === 'TIMESTAMP') return new Date((value as number) / 1_000).toISOString();
  if (type === 'DATE') return new Date((value as number) * 86_400_000).toISOString().slice(0, 10);
  return type === 'BYTES' ? Buffer.from(value as Uint8Array).toString('base64') : (value as Cell);
}

function service() {
  const path = (name: string) => `/google.cloud.bigquery.storage.v1.BigQueryWrite/${name}`;
  const method = (name: string, streams: boolean, request: Codec, response: Codec) => ({
    path: path(name),
    requestStream: streams,
    responseStream: streams,
    requestSerialize: (value: object) => Buffer.from(request.encode(value).finish()),
    requestDeserialize: (bytes: Buffer) => request.decode(bytes),
    responseSerialize: (value: object) => Buffer.from(response.encode(value).finish()),
    responseDeserialize: (bytes: Buffer) => response.decode(bytes),
  });
  return {
    AppendRows: method('AppendRows', true, v1.AppendRowsRequest as Codec, v1.AppendRowsResponse as Codec),
    CreateWriteStream: method(
      'CreateWriteStream',
      false,
      v1.CreateWriteStreamRequest as Codec,
      v1.WriteStream as Codec,
    ),
  };
}

interface Codec {
  encode(value: object): { finish(): Uint8Array };
  decode(bytes: Uint8Array): object;
}
