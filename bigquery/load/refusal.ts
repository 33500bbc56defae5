/** What BigQuery said instead of doing what it was asked. */
export class BigQueryRefusal extends Error {
  override readonly name = 'BigQueryRefusal';

  /**
   * @param status HTTP status; 0 when no answer came, or when a job failed after it had been taken
   * @param reason the short word of Google's error, such as `accessDenied`; empty when there is none
   * @param serverTime what the service's clock said, epoch ms; null when it is not known
   */
  constructor(
    readonly status: number,
    readonly reason: string,
    message: string,
    readonly serverTime: number | null = null,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Errors that pass (cloud.google.com/bigquery/docs/error-messages): the same request may succeed later. */
const PASSING_REASONS = new Set([
  'backendError',
  'internalError',
  'jobBackendError',
  'jobInternalError',
  'rateLimitExceeded',
  'jobRateLimitExceeded',
  'tableUnavailable',
  'timeout',
]);
const PASSING_STATUS = new Set([408, 429, 500, 502, 503, 504]);

/** Whether the same may be asked again. A job that failed needs a new name for that. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof BigQueryRefusal)) return false;
  if (error.reason === 'unanswered') return true;
  return PASSING_STATUS.has(error.status) || PASSING_REASONS.has(error.reason);
}

interface ApiErrorShape {
  readonly code?: number | string;
  readonly message?: string;
  readonly errors?: readonly { readonly reason?: string; readonly message?: string }[];
  readonly response?: { readonly headers?: unknown; readonly status?: number };
}

/** Makes a refusal of whatever a Google client throws: an API's error, a broken connection, no credentials. */
export function refusalOf(error: unknown): BigQueryRefusal {
  if (error instanceof BigQueryRefusal) return error;
  const { code, message = String(error), errors, response } = (error ?? {}) as ApiErrorShape;
  const reason = errors?.[0]?.reason ?? '';
  const said = oneLine(errors?.[0]?.message ?? message);
  const serverTime = dateOf(response?.headers);
  if (isCredentialsError(message)) return new BigQueryRefusal(401, 'credentials', said, serverTime, { cause: error });
  const status = Number(code ?? response?.status);
  if (Number.isInteger(status) && status > 0) {
    return new BigQueryRefusal(status, reason, said, serverTime, { cause: error });
  }
  return new BigQueryRefusal(0, 'unanswered', said, null, { cause: error });
}

/** The refusal of a job that was taken and then failed. */
export function jobFailure(result: { readonly reason?: string; readonly message?: string }): BigQueryRefusal {
  return new BigQueryRefusal(0, result.reason ?? 'unknown', oneLine(result.message ?? 'the job failed'));
}

function isCredentialsError(message: string): boolean {
  return /invalid_grant|invalid_client|Could not load the default credentials|No access, refresh token|JWT/i.test(
    message,
  );
}

function dateOf(headers: unknown): number | null {
  const text =
    headers instanceof Headers ? headers.get('date') : (headers as Record<string, string> | undefined)?.['date'];
  const time = Date.parse(text ?? '');
  return Number.isNaN(time) ? null : time;
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim().slice(0, 400);
}
