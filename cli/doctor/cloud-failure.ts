import { error, warning, type Finding } from './finding.js';

/** The reason of an answer of success that is none of Google's. */
export const NOT_JSON = 'NOT_JSON';

/** A request that did not succeed. */
export class CloudFailure extends Error {
  override readonly name = 'CloudFailure';

  /**
   * @param service host of the API
   * @param status HTTP status; 0 when no answer came
   * @param reason machine-readable, such as SERVICE_DISABLED; empty when the service gave none
   * @param date when the sender of the answer believes to have sent it, epoch ms
   */
  constructor(
    readonly service: string,
    readonly status: number,
    readonly reason: string,
    message: string,
    readonly date: number | null,
  ) {
    super(message);
  }

  /** No answer came, or it broke off. */
  static silent(service: string, cause: Error): CloudFailure {
    const below = cause.cause as { code?: string; message?: string } | undefined;
    const why = below?.code ?? below?.message ?? (cause.name === 'TimeoutError' ? 'no answer in time' : cause.message);
    return new CloudFailure(service, 0, '', why, null);
  }
}

interface GoogleError {
  readonly message?: string;
  readonly status?: string;
  /** Newer services. */
  readonly details?: readonly { readonly reason?: string }[];
  /** Older services: storage, BigQuery, Compute Engine. */
  readonly errors?: readonly { readonly reason?: string }[];
}

/** Longest text of an answer that is no JSON, such as a proxy's page. */
const LONGEST_TEXT = 120;

/** Reads a refusal in either of Google's two shapes. */
export function failureOf(service: string, status: number, text: string, date: number | null): CloudFailure {
  let found: GoogleError = {};
  try {
    found = (JSON.parse(text) as { error?: GoogleError }).error ?? {};
  } catch {
    found = { message: text.slice(0, LONGEST_TEXT).replaceAll(/\s+/g, ' ').trim() };
  }
  const detail = found.details?.find(({ reason }) => reason !== undefined)?.reason;
  const reason = detail ?? found.errors?.[0]?.reason ?? found.status ?? '';
  return new CloudFailure(service, status, reason, found.message || `HTTP ${status}`, date);
}

/** Whether the API is off in the project. */
export function isDisabled({ status, reason }: CloudFailure): boolean {
  return status === 403 && (reason === 'SERVICE_DISABLED' || reason === 'accessNotConfigured');
}

/** What mends a refusal, where it is neither the API nor the credentials: known to the check alone. */
export interface Remedies {
  readonly project: string;
  /** Role that lets one look, such as `roles/pubsub.viewer`. */
  readonly role: string;
  /** What makes what is not there. */
  readonly create: string;
}

/** The finding for a check that could not look; anything but a {@link CloudFailure} is thrown on. */
export function findingOf(check: string, what: string, failure: unknown, remedies: Remedies): Finding {
  if (!(failure instanceof CloudFailure)) throw failure;
  const { status, service, message } = failure;
  if (status === 0) return error(check, `${service} does not answer (${message})`, NETWORK);
  if (isDisabled(failure)) {
    return error(check, `the API ${service} is off`, `gcloud services enable ${service} --project ${remedies.project}`);
  }
  if (status === 401) return error(check, `the token was refused (${message})`, SIGN_IN);
  if (status === 403) return error(check, `${what} may not be looked at (${message})`, grant(remedies));
  if (status === 404) return error(check, `there is no ${what}`, remedies.create);
  const problem = `${service} could not say (${[status, failure.reason].join(' ').trim()}: ${message})`;
  return warning(check, problem, 'Try again in a minute.');
}

export const SIGN_IN =
  'gcloud auth application-default login (a service account: check that it and its key are still in force)';
export const NETWORK = 'Check the network, the proxy and the firewall: HTTPS to *.googleapis.com must pass.';

function grant({ project, role }: Remedies): string {
  return `gcloud projects add-iam-policy-binding ${project} --member user:YOU --role ${role}`;
}
