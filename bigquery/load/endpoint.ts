/**
 * Where BigQuery answers. `BIGQUERY_EMULATOR_HOST` (`http://127.0.0.1:9050`) names a stand-in, as for Google's own
 * clients; it gets no credentials, so that no test can leak a token.
 */
export interface Endpoint {
  /** Origin, without a final slash. */
  readonly url: string;
  readonly standIn: boolean;
}

export function bigQueryEndpoint(environment: NodeJS.ProcessEnv = process.env): Endpoint {
  const host = environment['BIGQUERY_EMULATOR_HOST'];
  if (!host) return { url: 'https://bigquery.googleapis.com', standIn: false };
  const url = /^https?:\/\//.test(host) ? host : `http://${host}`;
  return { url: new URL(url).origin, standIn: true };
}
