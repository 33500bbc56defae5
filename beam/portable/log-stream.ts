import { setTimeout as delay } from 'node:timers/promises';
import { BeamFnLoggingClient, fnApi, grpc } from './internals.js';

/** Severities that a worker writes with. */
export type Severity = 'DEBUG' | 'INFO' | 'WARN' | 'ERROR';

/** Where a worker's log lines go: to its runner. Never a row: a line may be read by anybody who may see the job. */
export interface LogStream {
  write(severity: Severity, line: string): void;
  /** Ends the stream, once the runner has what was written. */
  close(): Promise<void>;
}

/** A runner that does not end its side within these milliseconds does without the last lines. */
const CLOSE_TIMEOUT_MILLIS = 1_000;

/**
 * Opens the log stream of a worker (BeamFnLogging). Logs are a courtesy: a stream that fails drops its lines.
 *
 * @param endpoint host:port, empty for none
 */
export function openLogStream(id: string, endpoint: string): LogStream {
  if (endpoint === '') return { write: () => {}, close: async () => {} };
  const metadata = new grpc.Metadata();
  metadata.add('worker_id', id);
  const client = new BeamFnLoggingClient(endpoint, grpc.ChannelCredentials.createInsecure(), {}, {});
  const stream = client.logging(metadata);
  let open = true;
  const ended = new Promise<void>((resolve) => {
    stream.on('status', () => resolve());
    stream.on('error', () => resolve());
  }).then(() => void (open = false));
  stream.on('data', () => {});
  return {
    write: (severity, line) => {
      if (!open) return;
      const now = Date.now();
      const timestamp = { seconds: BigInt(Math.trunc(now / 1000)), nanos: (now % 1000) * 1_000_000 };
      const entry = { severity: fnApi.LogEntry_Severity_Enum[severity], message: line, timestamp };
      stream.write({ logEntries: [fnApi.LogEntry.create(entry)] });
    },
    close: async () => {
      open = false;
      stream.end();
      await Promise.race([ended, delay(CLOSE_TIMEOUT_MILLIS, undefined, { ref: false })]);
      client.close();
    },
  };
}
