import { ConfigurationError } from '../../schema/errors.js';
import { explain } from '../load/explain.js';
import { BigQueryRefusal, isPassing } from '../load/refusal.js';

/** gRPC's codes (grpc.io/docs/guides/status-codes) as the HTTP status that Google's APIs pair them with. */
const HTTP_STATUS: Readonly<Record<number, number>> = {
  1: 503,
  3: 400,
  4: 504,
  5: 404,
  6: 409,
  7: 403,
  8: 429,
  10: 503,
  13: 500,
  14: 503,
  16: 401,
};

/** ALREADY_EXISTS: these rows are there; OUT_OF_RANGE: rows before them are missing. */
export const ALREADY_EXISTS = 6;
export const OUT_OF_RANGE = 11;

/** Makes a refusal of what the Write API answers or throws. */
export function appendRefusal(error: {
  readonly code?: number | null;
  readonly message?: string | null;
}): BigQueryRefusal {
  const code = error.code ?? 0;
  const message = (error.message ?? 'no answer').replaceAll(/\s+/g, ' ').slice(0, 400);
  if (/invalid_grant|Could not load the default credentials/.test(message)) {
    return new BigQueryRefusal(401, 'credentials', message);
  }
  const status = HTTP_STATUS[code] ?? (code === OUT_OF_RANGE ? 400 : 0);
  return new BigQueryRefusal(status, status === 0 ? 'unanswered' : '', message);
}

/** Whether the same rows may be sent again and then be taken. */
export function isPassingAppend(error: unknown): boolean {
  return isPassing(error);
}

/** One line with the remedy. */
export function explainAppend(error: unknown, project: string, table: string, now: number): ConfigurationError {
  if (error instanceof ConfigurationError) return error;
  const refusal = error instanceof BigQueryRefusal ? error : appendRefusal(error as Error);
  return explain(refusal, { project, action: `append to ${table}` }, now);
}
