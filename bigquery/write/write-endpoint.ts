import { createRequire } from 'node:module';

/** Options of Google's client that say where the Storage Write API answers; empty for Google's own place. */
export interface WriteEndpoint {
  readonly apiEndpoint?: string;
  readonly port?: number;
  /** Plain text and no credentials: for a stand-in on this machine. */
  readonly sslCreds?: never;
}

/** `BIGQUERY_STORAGE_EMULATOR_HOST` (`127.0.0.1:9060`) names a stand-in; it gets no credentials. */
export function writeEndpoint(environment: NodeJS.ProcessEnv = process.env): WriteEndpoint {
  const host = environment['BIGQUERY_STORAGE_EMULATOR_HOST'];
  if (!host) return {};
  const { hostname, port } = new URL(`http://${host.replace(/^https?:\/\//, '')}`);
  return { apiEndpoint: hostname, port: Number(port), sslCreds: plainText() as never };
}

/** The gRPC that Google's client itself uses: credentials of another copy would not be taken. */
function plainText(): unknown {
  const client = createRequire(createRequire(import.meta.url).resolve('@google-cloud/bigquery-storage'));
  const { grpc } = client('google-gax') as { grpc: { credentials: { createInsecure(): unknown } } };
  return grpc.credentials.createInsecure();
}
