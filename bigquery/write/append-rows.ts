import type { adapt, managedwriter } from '@google-cloud/bigquery-storage';
import { DEFAULT_RETRIES, withRetries, type RetryMeans, type RetryPolicy } from '../../lake/storage/retry.js';
import type { Row } from '../../lake/parquet.js';
import type { Table } from '../../schema/column.js';
import { bigQueryFields } from '../../schema/render/bigquery.js';
import { ALREADY_EXISTS, appendRefusal, isPassingAppend } from './append-failure.js';
import { storageRows } from './storage-rows.js';
import { writeEndpoint, type WriteEndpoint } from './write-endpoint.js';

export interface AppendOptions extends RetryMeans {
  readonly endpoint?: WriteEndpoint;
  readonly retries?: RetryPolicy;
  /** How long one append may take, ms. */
  readonly timeoutMillis?: number;
}

/** A way into one table. */
export interface RowAppender {
  /**
   * Resolves when BigQuery has acknowledged every row.
   *
   * @param offset of the first row in a committed stream; the default stream has none
   * @throws BigQueryRefusal when it does not, after its tries; some of the rows may be there then
   */
  append(rows: readonly Row[], offset?: number): Promise<void>;
  close(): void;
}

/** Rows of one request: far below its 10 MB with the widest table. */
const ROWS_A_REQUEST = 1_000;

const TIMEOUT_MILLIS = 60_000;

/**
 * Opens a table's default stream, or a committed one, of the Storage Write API.
 *
 * Delivery: the default stream at least once (an append whose answer is lost is sent again); a committed stream, with
 * offsets, exactly once within the stream: rows whose offset is there already are taken as written.
 */
export async function openAppender(
  project: string,
  table: Table,
  options: AppendOptions,
  stream: 'default' | { readonly name: string } = 'default',
): Promise<RowAppender> {
  const storage = await import('@google-cloud/bigquery-storage');
  const client = new storage.managedwriter.WriterClient({
    projectId: project,
    ...(options.endpoint ?? writeEndpoint()),
  });
  const destinationTable = tablePath(project, table);
  const streamId = stream === 'default' ? storage.managedwriter.DefaultStream : stream.name;
  const open = async () => {
    const connection = await client.createStreamConnection({ streamId, destinationTable });
    // Without a listener a broken connection would end the process; the pending append hears of it anyway.
    connection.onConnectionError(() => undefined);
    return new storage.managedwriter.JSONWriter({ connection, protoDescriptor: descriptorOf(storage.adapt, table) });
  };
  return new Appender(table, client, open, options);
}

/** `projects/P/datasets/D/tables/T`. */
export function tablePath(project: string, table: Table): string {
  return `projects/${project}/datasets/${table.tier}/tables/${table.name}`;
}

function descriptorOf(adapting: typeof adapt, table: Table) {
  const schema = adapting.convertBigQuerySchemaToStorageTableSchema({ fields: [...bigQueryFields(table)] });
  return adapting.convertStorageSchemaToProto2Descriptor(schema, 'root');
}

class Appender implements RowAppender {
  #writer: managedwriter.JSONWriter | null = null;

  constructor(
    private readonly table: Table,
    private readonly client: managedwriter.WriterClient,
    private readonly open: () => Promise<managedwriter.JSONWriter>,
    private readonly options: AppendOptions,
  ) {}

  async append(rows: readonly Row[], offset?: number): Promise<void> {
    for (let at = 0; at < rows.length; at += ROWS_A_REQUEST) {
      const part = storageRows(this.table, rows.slice(at, at + ROWS_A_REQUEST));
      const send = () => this.#send(part, offset === undefined ? undefined : offset + at);
      await withRetries(send, isPassingAppend, this.options.retries ?? DEFAULT_RETRIES, this.options);
    }
  }

  async #send(rows: ReturnType<typeof storageRows>, offset: number | undefined): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    try {
      this.#writer ??= await this.open();
      const timeout = new Promise<never>((_, reject) => {
        const fail = () => reject(Object.assign(new Error('no answer in time'), { code: 4 }));
        timer = setTimeout(fail, this.options.timeoutMillis ?? TIMEOUT_MILLIS);
      });
      const pending = this.#writer.appendRows(rows as never, offset);
      const { error, rowErrors } = await Promise.race([pending.getResult(), timeout]);
      if (error && error.code !== ALREADY_EXISTS) {
        const first = rowErrors?.[0]?.message;
        const message = `${error.message}${first ? ` (${first})` : ''}`;
        throw Object.assign(new Error(message), { code: error.code });
      }
    } catch (error) {
      // A stream that has failed once answers in the wrong order from then on: the next try gets another.
      this.#disconnect();
      throw appendRefusal(error as Error & { code?: number });
    } finally {
      clearTimeout(timer);
    }
  }

  #disconnect(): void {
    this.#writer?.close();
    this.#writer = null;
  }

  close(): void {
    this.#disconnect();
    this.client.close();
    void this.client.getClient().close();
  }
}
